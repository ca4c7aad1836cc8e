import Wording

/// Every text that a page adds around its figures.
package enum PageWords: PhraseTable {
    case previousFrame, nextFrame, frame, frames, figure, valuesHint, description, download, allFrames, theme
    case count, stages, search, undrawn
    case map, part, head, kind, before, after, play, pause, picture, list, none, command, values, all

    package var phrase: Phrase {
        switch self {
        case .previousFrame: Phrase(en: "Previous frame", zh: "上一帧")
        case .nextFrame: Phrase(en: "Next frame", zh: "下一帧")
        case .frame: Phrase(en: "Frame {number} of {count}", zh: "第 {number} 帧，共 {count} 帧")
        case .frames: Phrase(en: "Frames", zh: "分帧")
        case .figure: Phrase(en: "Figure", zh: "图")
        case .valuesHint:
            Phrase(en: "Point for exact values (keys: Enter, arrows).", zh: "指向图中一处看数值（键盘：回车、方向键）。")
        case .description: Phrase(en: "Description in words", zh: "文字描述")
        case .download: Phrase(en: "Download", zh: "下载")
        case .allFrames: Phrase(en: "PDF, all frames", zh: "PDF（全部帧）")
        case .theme: Phrase(en: "Light or dark", zh: "浅色或深色")
        case .count: Phrase(en: "{count} figures", zh: "{count} 幅图")
        case .stages: Phrase(en: "Stages", zh: "各个阶段")
        case .search: Phrase(en: "Find a figure", zh: "查找图")
        case .map: Phrase(en: "Map", zh: "总图")
        case .part: Phrase(en: "Part", zh: "部分")
        case .head: Phrase(en: "Head", zh: "头")
        case .kind: Phrase(en: "Figure", zh: "图")
        case .before: Phrase(en: "Previous figure", zh: "上一幅图")
        case .after: Phrase(en: "Next figure", zh: "下一幅图")
        case .play: Phrase(en: "Play", zh: "播放")
        case .pause: Phrase(en: "Pause", zh: "暂停")
        case .picture: Phrase(en: "One figure", zh: "看一幅图")
        case .list: Phrase(en: "All figures", zh: "全部图")
        case .none: Phrase(en: "Nothing was found", zh: "没有找到")
        case .command: Phrase(en: "Written by", zh: "生成命令")
        case .values:
            Phrase(
                en: "Point for the value, press for its arithmetic (keys: Enter, arrows).",
                zh: "指向一个数看数值，按下看算式（键盘：回车、方向键）。")
        case .all: Phrase(en: "all", zh: "全部")
        case .undrawn: Phrase(en: "Not drawn", zh: "没有画成的图")
        }
    }

    package subscript(_ language: Language) -> String { phrase[language] }

    package func text(_ language: Language, _ values: KeyValuePairs<String, Phrase>) -> String {
        phrase.filled(values)[language]
    }
}
