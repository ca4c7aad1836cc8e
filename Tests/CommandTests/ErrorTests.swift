import Foundation
import TestSupport
import Testing

@testable import glassformer

@Suite struct ErrorTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let status: Int32
        let english: String
        let chinese: String

        init(_ arguments: String..., status: Int32, _ english: String, _ chinese: String) {
            self.arguments = arguments
            self.status = status
            self.english = english
            self.chinese = chinese
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let mistakes: [Mistake] = [
        Mistake("frobnicate", status: 2, "unexpected argument “frobnicate”", "多出了参数“frobnicate”"),
        Mistake("steps", status: 2, "expected exactly one of TEXT, --ids, --trace", "必须给且只能给一个"),
        Mistake("steps", "a", "--ids", "1", status: 2, "found TEXT and --ids", "现在给了 TEXT 和 --ids"),
        Mistake("steps", "--ids", "1,x", status: 2, "expected 1,2,3", "应为 1,2,3"),
        Mistake("steps", "a", "--jsn", status: 2, "did you mean “--json”?", "是不是“--json”"),
        Mistake("steps", "a", "--frobnicate", status: 2, "unknown option “--frobnicate”", "没有“--frobnicate”这个选项"),
        Mistake("steps", "a", "--quiet=3", status: 2, "“--quiet” takes no value", "“--quiet”后面不跟值"),
        Mistake("steps", "a", "--language", "fr", status: 2, "expected one of en, zh-Hans", "应为 en、zh-Hans 之一"),
        Mistake("steps", "a", "b", "c", status: 2, "2 unexpected arguments", "多出了 2 个参数"),
        Mistake("draw", "a", "--theme", "blue", status: 2, "expected one of light, dark", "应为 light、dark 之一"),
        Mistake("draw", "a", "--format", "gif", status: 2, "expected one of png, svg", "应为 png、svg"),
        Mistake("draw", "a", "--size", "0x9", status: 2, "expected slide, wide, square", "应为 slide, wide, square"),
        Mistake("draw", "a", "--scale", "-1", status: 2, "expected 0.1 … 10", "应为 0.1 … 10"),
        Mistake("draw", "a", "--figure", "cat", status: 2, "no such figure", "没有这种图"),
        Mistake("draw", "a", "--at", "0,1", status: 2, "expected one --step", "必须给且只能给一个 --step"),
        Mistake("explain", "a", "--at", "0", status: 2, "expected “--step <name>”", "缺少“--step <name>”"),
        Mistake("explain", "a", "--step", status: 2, "“--step <name>” needs a value", "“--step <name>”后面缺少值"),
        Mistake("generate", "a", "--temperature", "-1", status: 2, "--temperature: expected ≥ 0", "--temperature：应为"),
        Mistake("generate", "a", "--tokens", "-1", status: 2, "--tokens", "--tokens"),
        Mistake("tokenize", "a", "--file", "b", status: 2, "found TEXT and --file", "给了 TEXT 和 --file"),
        Mistake("tokeniz", "abc", status: 2, "no command “tokeniz”: did you mean “tokenize”?", "是不是“tokenize”"),
        Mistake("models", "shw", status: 2, "no command “shw”: did you mean “show”?", "没有“shw”这个命令"),
        Mistake("tokenize", "-5 degrees", status: 2, "tokenize -- '-5 degrees'", "文本请写在“--”之后"),
        Mistake("generate", "- item", status: 2, "a text goes after “--”", "generate -- '- item'"),
        Mistake("draw", "a", "-5", status: 2, "draw -- -5", "“-5”以“-”开头"),
        Mistake("draw", "a", "--layer", "-1", status: 2, "“--layer <n>”: expected 0, 1, 2", "“--layer <n>”：应为 0, 1, 2"),
        Mistake("draw", "a", "--head", "x", status: 2, "“--head <n>”: expected 0, 1, 2", "“--head <n>”：应为 0, 1, 2"),
        Mistake("draw", "a", "--position", "x", status: 2, "expected 0, 1, -1, at:…", "应为 0, 1, -1, at:…"),
        Mistake("draw", "a", "--scale", "nan", status: 2, "expected 0.1 … 10", "应为 0.1 … 10"),
        Mistake("draw", "a", "--size", "9999999x1", status: 2, "1280x720 (1 … 16384)", "1280x720 (1 … 16384)"),
        Mistake("generate", "a", "--tokens", "99999999999999999999", status: 2, "expected 0, 1, 2", "应为 0, 1, 2"),
        Mistake("generate", "a", "--seed", "-1", status: 2, "expected 0 … 18446744073709551615", "应为 0 … 184467440737"),
        Mistake("generate", "a", "--temperature", "warm", status: 2, "expected a number", "应为 一个数"),
        Mistake("train", "a", "--trace-step", "-1", status: 2, "“--trace-step <n>”: expected", "“--trace-step <n>”：应为"),
        Mistake("train", "next-word", "--trace-step", "99999999", status: 1, "--trace-step: expected 1 …", "应为 1 …"),
        Mistake("steps", "a", "-qx", status: 2, "unknown option “-qx”", "没有“-qx”这个选项"),
        Mistake("steps", "-", "--pair", "-", "--model", "translator", status: 2, "“-” is given twice", "“-”给了两次"),
        Mistake("train", "-", status: 2, "“-”: a recipe names files beside it", "请给出配方文件本身"),
        Mistake("models", "--preset", "gpt-9", status: 2, "no preset “gpt-9”", "没有预设“gpt-9”"),

        Mistake("draw", "a", "--out", "", status: 2, "expected a path", "应为 一个路径"),
        Mistake("trace", "a", "--out", " ", status: 2, "expected a path", "应为 一个路径"),
        Mistake("train", "next-word", "--out", "", status: 2, "expected a path", "应为 一个路径"),
        Mistake("train", "next-word", "--trace-step", "1", "--trace-out", "", status: 2, "a path", "一个路径"),
        Mistake("compare", "a", "b", "--out", "", status: 2, "expected a path", "应为 一个路径"),
        Mistake("parallel", "a", "--how", "tensor", "--trace", "", status: 2, "expected a path", "应为 一个路径"),
        Mistake("lessons", "build", "--out", "\t", status: 2, "expected a path", "应为 一个路径"),
        Mistake("page", "--out", "", status: 2, "expected a path", "应为 一个路径"),
        Mistake("explain", "a", "--step", "embed", "--at", "0,0,0", "--out", "", status: 2, "a path", "一个路径"),
        Mistake("draw", "a", "--out", "/..", status: 2, "the root of the file system", "根目录"),
        Mistake("lessons", "build", "--out", "-", status: 2, "several files are written", "会写出多个文件"),
        Mistake("compare", "a", "b", "--out", "a.png", status: 2, "several files are written", "会写出多个文件"),
        Mistake(
            "draw", "a", "--out", "a.jpg", status: 2, "ends with .png, .svg, .pdf, .json (",
            "应以 .png、.svg、.pdf、.json 结尾"),

        Mistake("draw", "a", "--out", "a.figs", status: 2, "ends with .png, .svg, .pdf, .json (", "结尾"),
        Mistake("draw", "a", "--out", "-", status: 1, "one file holds one figure", "一个文件只放一幅图"),
        Mistake("trace", "a", "--out", "/", status: 1, "/: cannot be written: it is a folder", "这是一个文件夹"),
        Mistake("page", "--out", "new/", status: 1, "new/: cannot be written: it is a folder", "这是一个文件夹"),
        Mistake("draw", "a", "--step", "nothing", status: 1, "nothing: no figure of this run shows it", "没有图展示它"),
        Mistake("draw", "a", "--layer", "99", status: 1, "--layer: expected 0 …", "--layer：应为 0 …"),
        Mistake(
            "draw", "a", "--size", "60x60", "--quiet", status: 1, "the figure needs at least", "这幅图至少需要"),
        Mistake("draw", "a", "--out", "/dev/null/x", status: 1, "/dev/null/x: cannot be written", "/dev/null/x：无法写入"),
        Mistake("steps", "", status: 1, "an empty text", "文本是空的"),
        Mistake("steps", "--ids", "999999", status: 1, "lies outside the vocabulary", "不在词表里"),
        Mistake("steps", "a", "--model", "nobody", status: 1, "no model “nobody”", "找不到模型“nobody”"),
        Mistake("steps", "--trace", "nothing.st", status: 1, "nothing.st: cannot be read: no such file", "没有这个文件"),
        Mistake("explain", "a", "--step", "embd", "--at", "0", status: 1, "no step “embd”", "没有步骤“embd”"),
        Mistake("explain", "a", "--step", "embed", "--at", "0,9,0", status: 1, "lies outside", "超出了范围"),
        Mistake("trace", "a", "--out", "/no/t.st", status: 1, "/no/t.st: cannot be written", "/no/t.st：无法写入"),
        Mistake("draw", "a", "--mask", "1", status: 1, "--mask: “next-word” is a decoder-only", "只有解码器"),
        Mistake("steps", "--trace", "t", "--target", "b", status: 2, "--target", "--trace"),
        Mistake("trace", "a", "--out", "t", "--pair", "b", status: 1, "--pair: “next-word” is a decoder-only", "只有解码器"),
        Mistake(
            "trace", "a", "--out", "t", "--mask", "1,0", status: 1, "--mask: “next-word” is a decoder-only", "只有解码器"),
        Mistake("tokenize", "--file", "nothing", status: 1, "nothing: cannot be read", "nothing：无法读取"),
        Mistake("tokenize", "a", "--tokenizer", "nothing", status: 1, "nothing", "nothing"),
        Mistake("train", "nothing", status: 1, "no recipe “nothing”", "找不到配方“nothing”"),
        Mistake("train", "./nothing.yaml", status: 1, "./nothing.yaml: cannot be read", "./nothing.yaml：无法读取"),
        Mistake("lessons", "show", "9.9", status: 1, "no chapter “9.9”", "没有“9.9”这一章"),
    ]

    @Test(arguments: mistakes)
    func aMistakeIsOneLineAndLeavesNothing(_ mistake: Mistake) throws {
        try Executable.inFolder { folder in
            for (language, words) in [("C.UTF-8", mistake.english), ("zh_CN.UTF-8", mistake.chinese)] {
                let outcome = try Executable.run(mistake.arguments, in: folder, language: language)
                #expect(outcome.status == mistake.status)
                #expect(outcome.complaints.count == 1, "\(outcome.error)")
                #expect(outcome.error.hasPrefix("glassformer: "))
                #expect(outcome.error.contains(words), "\(outcome.error)")
                #expect(outcome.output.isEmpty)
                #expect(contents(folder).isEmpty)
            }
        }
    }

    /// The parser's complaints are translated by their English; each must be one that it really makes.
    @Test func everyTranslatedComplaintIsCovered() {
        let untranslated = ["Unknown option", "Missing", "Unexpected", "is invalid", "Please provide"]
        for mistake in Self.mistakes {
            for words in untranslated { #expect(!mistake.english.contains(words)) }
        }
        for (english, translation) in ParserMessage.templates {
            let places = english.count { $0 == "%" }
            #expect(translation.english.count { $0 == "%" } == places)
            #expect(translation.chinese.count { $0 == "%" } == places)
        }
    }

    @Test func textThatIsNoUTF8IsRefused() throws {
        try Executable.inFolder { folder in
            let argument = try Executable.shell("glassformer steps $'a\\xff'", in: folder)
            #expect(argument.status == 2)
            #expect(argument.complaints == ["glassformer: argument 2 is not UTF-8"])
            let input = try Executable.shell("printf 'a\\xff' | glassformer steps -", in: folder)
            #expect(input.status == 1)
            #expect(input.complaints == ["glassformer: standard input: expected UTF-8, found other bytes"])
        }
    }
}
