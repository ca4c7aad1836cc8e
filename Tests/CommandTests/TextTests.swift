import Figures
import Foundation
import Pages
import Reading
import Rendering
import Subjects
import Testing
import Tracing
import Wording

@testable import glassformer

@Suite struct TextTests {
    static let tables: [(name: String, phrases: [Phrase])] = [
        table(GeneralText.self), table(CommonText.self), table(RunText.self), table(SystemText.self),
        table(WritingText.self),
        table(SystemReason.self),
        table(FileKind.self),
        table(TraceText.self), table(StepsText.self), table(ExplainText.self),
        table(TokenizeText.self), table(GenerateText.self), table(ModelsText.self), table(Axis.self),
        table(DrawText.self), table(Symbols.self), table(SectionText.self),
        table(PageWords.self), table(OperationWords.self), table(AlteredCellWords.self),
        table(ProgressText.self),
        table(TrainText.self),
        table(LessonsText.self), table(HelpText.self), table(WorksheetText.self),
        ("parser", ParserMessage.templates.map(\.translation)),
    ]

    private static func table<Table: PhraseTable>(_ type: Table.Type) -> (name: String, phrases: [Phrase]) {
        ("\(type)", type.allCases.map(\.phrase))
    }

    @Test func everyTextIsThereInBothLanguages() {
        for (name, phrases) in Self.tables {
            #expect(!phrases.isEmpty)
            for phrase in phrases {
                #expect(!phrase.english.isEmpty && !phrase.chinese.isEmpty, "\(name)")
                // The same places to fill, whatever their order.
                #expect(Self.places(phrase.english) == Self.places(phrase.chinese), "\(name): \(phrase.english)")
                #expect(!phrase.english.contains { $0 >= "\u{4E00}" && $0 <= "\u{9FFF}" }, "\(name)")
            }
        }
    }

    @Test func everyTextHasItsGlyphs() {
        let measurer = Renderer().measurer
        for (_, phrases) in Self.tables {
            for phrase in phrases {
                for language in Language.allCases {
                    #expect(measurer.unknownGlyphs(in: phrase[language]) == 0, "\(phrase[language])")
                }
            }
        }
    }

    private static func places(_ text: String) -> Set<String> {
        Set(
            text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map {
                String($0.prefix { $0 != "}" && $0 != "|" })
            })
    }

    @Test(arguments: [("a", 1), ("中文", 4), ("a中", 3), ("“引”", 4), ("é", 1), ("🙂", 2)])
    func aTerminalGivesAChineseCharacterTwoColumns(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(text) == width)
        #expect(DisplayWidth.of(text.padded(to: 8)) == 8)
    }

    @Test func jsonIsJSON() throws {
        let value = JSONText.object([
            "text": .text("a\"\\\n\u{1}\u{7F}中🙂"),
            "numbers": .array([.number(0.1), .number(1e-30), .number(-.infinity)]),
            "none": .null, "yes": .bool(true), "rows": .array([.object(["a": .integer(1)]), .object([:])]),
        ])
        for text in [value.line, value.page] {
            let object = try #require(
                JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            #expect(object["text"] as? String == "a\"\\\n\u{1}\u{7F}中🙂")
            let numbers = try #require(object["numbers"] as? [Any])
            #expect(numbers[0] as? Double == 0.1 && numbers[1] as? Double == 1e-30 && numbers[2] as? String == "-inf")
            #expect(object["none"] is NSNull)
        }
        #expect(!value.line.contains("\n"))
    }
}
