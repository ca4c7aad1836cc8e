import ArgumentParser
import Foundation
import Lessons
import Wording

extension LessonsCommand {
    /// `glassformer lessons walk [ID]`
    struct Walk: GuidedCommand {
        static let guide = CommandGuide(
            name: "walk", abstract: LessonsText.walkAbstract.phrase, discussion: LessonsText.walkDiscussion.phrase,
            examples: ["glassformer lessons walk", "glassformer lessons walk 1.9"])

        @ArgumentParser.Argument(help: LessonsText.walkID.help("id"))
        var id: String?

        @OptionGroup var pictures: PictureOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let shelves = try Shelves()
            let read = try shelves.read()
            let state = LessonState()
            let record = LessonRecord(file: state.path)
            var start = record.place
            if let id {
                start = .init(try shelves.chapter(id, of: read).id)
            } else {
                read.broken.map(Finding.init).report()
                if read.course.chapters.isEmpty, let first = read.broken.first { throw first }
            }
            var walk = LessonWalk(
                read.course, source: shelves.engine, record: record,
                console: .standard(common.screen(pictures.pictures)), keep: state.keep)
            try walk.run(from: start)
        }
    }

    /// `glassformer lessons quiz ID`
    struct Quiz: GuidedCommand {
        static let guide = CommandGuide(
            name: "quiz", abstract: LessonsText.quizAbstract.phrase, examples: ["glassformer lessons quiz 1.9"])

        @ArgumentParser.Argument(help: LessonsText.id.help("id"))
        var id: String

        @OptionGroup var common: CommonOptions

        func run() throws {
            let shelves = try Shelves()
            let read = try shelves.read()
            let chapter = try shelves.chapter(id, of: read)
            let state = LessonState()
            var walk = LessonWalk(
                read.course, source: shelves.engine, record: LessonRecord(file: state.path),
                console: .standard(common.screen(.words)), keep: state.keep)
            do {
                try walk.quiz(chapter.id)
            } catch let error as CommandProblem {
                throw error
            } catch {
                throw CommandProblem.chapter(Finding(error, of: chapter).line)
            }
        }
    }
}

/// `--figures`
struct PictureOptions: ParsableArguments {
    @Option(name: .customLong("figures"), help: LessonsText.pictures.help)
    var pictures: PictureChoice = .auto
}

extension CommonOptions {
    /// This run's terminal, or what stands for one.
    func screen(_ pictures: PictureChoice) -> LessonScreen {
        var screen = LessonScreen(
            language: Console.language, theme: theme, isStyled: Console.hasColors, width: Console.width,
            graphics: pictures.graphics())
        screen.isInteractive = StandardOutput.isTerminal && StandardInput.isTerminal
        return screen
    }
}

extension LessonConsole {
    /// Standard input and output.
    fileprivate static func standard(_ screen: LessonScreen) -> LessonConsole {
        LessonConsole(screen: screen, write: { try StandardOutput.write($0) }, read: { readLine() })
    }
}

/// The file that keeps a reader's place.
private struct LessonState {
    /// `$XDG_STATE_HOME/glassformer/course.json`, by default below `~/.local/state`; a path that is not absolute is to be
    /// ignored (XDG Base Directory Specification).
    let path: String

    init() {
        let named = Console.variable("XDG_STATE_HOME") ?? ""
        let home = Console.variable("HOME").flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
        path = (named.hasPrefix("/") ? named : home + "/.local/state") + "/glassformer/course.json"
    }

    /// A place that cannot be kept is no reason to stop.
    func keep(_ record: LessonRecord) { try? record.write(to: path) }
}
