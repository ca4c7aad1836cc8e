import Testing
import Wording

@testable import glassformer

@Suite struct LanguageTests {
    @Test(arguments: [
        ([:], Language.english),
        (["LANG": "zh_CN.UTF-8"], .chinese),
        (["LANG": "C.UTF-8"], .english),
        (["LANG": "fr_FR.UTF-8"], .english),
        (["LC_MESSAGES": "zh_CN", "LANG": "en_US"], .chinese),
        (["LC_ALL": "en_US", "LC_MESSAGES": "zh_CN"], .english),
        (["LC_ALL": "", "LC_MESSAGES": "zh_CN"], .chinese),
    ])
    func theLocaleDecides(_ variables: [String: String], _ language: Language) {
        #expect(Console.language(arguments: ["glassformer"]) { variables[$0] } == language)
    }

    @Test(arguments: [
        (["--language", "zh-Hans"], Language.chinese), (["--language=zh-Hans"], .chinese),
        (["--language", "zh"], .chinese), (["--language", "en"], .english), (["--language", "fr"], .english),
        (["--", "--language", "zh-Hans"], .english),
        (["--language", "en", "--language=zh-Hans"], .chinese), (["--language", "zh", "--language", "en"], .english),
    ])
    func theOptionDecidesBeforeTheLocale(_ arguments: [String], _ language: Language) {
        #expect(Console.language(arguments: ["glassformer", "steps"] + arguments) { _ in nil } == language)
    }

    @Test func factsAreInTheLanguageAskedFor() throws {
        let english = try Executable.run("steps", "--ids", "1,2", "--language", "en", language: "zh_CN.UTF-8")
        let chinese = try Executable.run("steps", "--ids", "1,2", "--language", "zh-Hans")
        #expect(english.output.hasPrefix("step "))
        #expect(chinese.output.hasPrefix("步骤"))
    }
}
