import ArgumentParser
import Foundation
import Lessons
import Models
import Reading
import Serving
import Subjects
import Wording

/// `glassformer serve`: the live page of what a page cannot hold, and the course, in a browser.
struct ServeCommand: GuidedCommand {
    static let guide = CommandGuide(
        name: "serve", abstract: ServeText.abstract.phrase, discussion: ServeText.discussion.phrase,
        examples: [
            "glassformer serve --port 0",
            "glassformer serve 'the cat sat on the mat' --port 0",
            "glassformer serve --model translator --port 0",
            "glassformer serve --lesson 1.11 --host 0.0.0.0 --port 0",
        ])

    @OptionGroup var input: SubjectOptions
    @OptionGroup var scaled: ScaledSteps

    @Option(name: .long, help: PageText.lesson.help("id"))
    var lesson: String?

    @Option(name: .long, help: ServeText.port.help("n"))
    var port = Server.usualPort

    @Option(name: .long, help: ServeText.host.help("address"))
    var host = "127.0.0.1"

    @Option(name: .long, help: ServeText.book.help("folder"))
    var book: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...65535).contains(port) else {
            throw CommandProblem.outside(option: "--port", expected: "0 … 65535", found: "\(port)")
        }
        guard lesson != nil, !input.isEmpty || !scaled.scale.isEmpty else { return }
        throw CommandProblem.together("--lesson", PageText.subject.text)
    }

    func run() throws {
        let shown = try ServedShelves(book: book, language: common.language)
        let site = try shown.site(first: first(shown))
        let server = try Server(site, at: Server.Place(host: host, port: port))
        Interruption.isUsualEnd()
        try StandardOutput.write(server.address + "\n")
        if !server.addressesOfRoom.isEmpty, !common.quiet {
            for address in server.addressesOfRoom {
                try StandardOutput.write(ServeText.room.text(["address": Phrase(address)]) + "\n")
            }
            StandardError.write(ServeText.wide.text + "\n")
        }
        try server.wait()
    }

    /// What the first page shows; nil for the list of all.
    private func first(_ shown: ServedShelves) throws -> ServedShelves.Shown? {
        if let lesson { return .lesson(try shown.chapter(lesson).pageName) }
        guard !input.isEmpty || !scaled.scale.isEmpty else { return nil }
        if input.isModelAlone, scaled.scale.isEmpty { return .model(input.model.name, text: nil) }
        let source = try input.source(scaled: scaled.scale)
        if case .text(let text) = source {
            var plain = TextSource(text: text.text, ids: text.ids, model: text.model)
            plain.changes = ChangeWords()
            if text == plain {
                let ids = text.ids.map { $0.map { String($0) }.joined(separator: ", ") }
                return .model(input.model.name, text: text.text ?? ids)
            }
        }
        return .subject(try Shelf.subjects.subject(source))
    }
}

/// `glassformer serve`
enum ServeText: PhraseTable {
    case abstract, discussion, port, host, book, room, wide

    var phrase: Phrase {
        switch self {
        case .abstract:
            Phrase(
                en: "Show the live page and the course in a browser, for models of any size.",
                zh: "在浏览器里展示交互网页和课程，模型大小不限。")
        case .discussion:
            Phrase(
                en:
                    "The page is the one that “glassformer page” writes; here this program answers what it asks, so that it can show what a page cannot hold: a large model, a long trace, a training. Without a subject it lists every shipped model and chapter. Only this machine can open it, unless --host says otherwise: then the printed addresses carry a token, who opens the first one leads, and the others in the room follow. Ctrl-C ends it.",
                zh:
                    "网页就是“glassformer page”写出的那个；在这里由本程序回答它的提问，因此网页装不下的也能展示：大模型、很长的记录、一次训练。不给对象时列出全部自带模型和章节。只有本机能打开，除非用 --host 另行指定：那时打印出的地址里带有口令，打开第一个地址的人带领，教室里的其他人跟随。按 Ctrl-C 结束。"
            )
        case .port:
            Phrase(en: "The port to listen on; 0 for any that is free.", zh: "监听的端口；0 表示任取一个空闲的。")
        case .host:
            Phrase(
                en: "The address to listen on: 0.0.0.0 opens it to everybody in the network who has the address.",
                zh: "监听的地址：0.0.0.0 会向网络中所有拿到网址的人开放。")
        case .book:
            Phrase(
                en:
                    "The folder that “lessons build” wrote, to be read under /book/. (default: output/book where it is)",
                zh: "“lessons build”写出的文件夹，放在 /book/ 下阅读。（默认：有 output/book 就用它）")
        case .room: Phrase(en: "for the room: {address}", zh: "教室里的人打开：{address}")
        case .wide:
            Phrase(
                en: "Everybody in this network who has the address can open this, and nothing is encrypted.",
                zh: "网络中凡是拿到网址的人都能打开，而且内容没有加密。")
        }
    }
}
