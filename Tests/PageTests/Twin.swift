import Drawing
import Foundation
import Models
import Page
import Reading
import TestSupport
import Wording

/// The page's program in Node or Chromium, beside the same session of this program.
struct Twin {
    /// Where `scripts/web build` puts the page's program; nil, said aloud, where there is none or nobody to run it.
    static let program: String? = {
        let path = Places.root + "/.build/web/glassformer.wasm"
        guard FileManager.default.fileExists(atPath: path) else {
            let lack = (try? run([Places.root + "/scripts/web", "missing"]).output) ?? ""
            print("SKIPPED: the page's program is not built; it needs \(lack.isEmpty ? "make web\n" : lack)")
            return nil
        }
        guard runner != nil else {
            print("SKIPPED: neither node nor chromium, which run the page's program, is on this machine")
            return nil
        }
        return path
    }()

    /// What runs it: Node, else Chromium.
    private static let runner = ["node", "chromium", "chromium-browser", "google-chrome"].first { name in
        (try? run([name, "--version"]).status) == 0
    }

    struct Answer: Decodable {
        let answer: String
        /// Base64 of 32-bit floats, for each step that was asked for.
        let numbers: [String]

        func floats(_ place: Int) -> [Float] {
            guard numbers.indices.contains(place), let data = Data(base64Encoded: numbers[place]) else { return [] }
            return stride(from: 0, to: data.count - 3, by: 4).map { start in
                Float(
                    bitPattern: (0..<4).reduce(UInt32(0)) {
                        $0 | UInt32(data[data.startIndex + start + $1]) << (8 * $1)
                    }
                )
            }
        }
    }

    let folder: String
    let session: PageSession

    init(_ folder: String) throws {
        self.folder = folder
        guard FileManager.default.fileExists(atPath: folder + "/run.safetensors") else {
            session = PageSession(model: try LanguageModel.load(folder: folder), measurer: Ruler().any)
            return
        }
        // A run that is over.
        var files: [String: FileBytes] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            files["run/" + name] = try DiskFile(path: folder + "/" + name)
        }
        session = try PageSession(name: "run", files: files, measurer: Ruler().any)
    }

    func ask(_ question: String) -> String { String(decoding: session.ask(Array(question.utf8)), as: UTF8.self) }

    /// What the page's program answers to the same questions.
    func page(_ program: String, _ questions: [String], steps: [[String]] = []) throws -> [Answer] {
        let files = contents(folder).filter {
            !["quality.json", "training.json", "reference.safetensors"].contains($0)
        }
        let isNode = Self.runner == "node"
        func place(_ path: String) throws -> String {
            isNode ? path : try Data(contentsOf: URL(fileURLWithPath: path)).base64EncodedString()
        }
        let job: [[String: Any]] = [
            [
                "files": Dictionary(uniqueKeysWithValues: try files.map { ($0, try place(folder + "/" + $0)) }),
                "model": (folder as NSString).lastPathComponent, "steps": steps,
                "questions": try questions.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) },
            ]
        ]
        let asked = try JSONSerialization.data(withJSONObject: job)
        let room = try Places.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: room) }
        let script = Places.root + "/Tests/PageTests/ask.mjs"
        let data: Data
        if isNode {
            try asked.write(to: URL(fileURLWithPath: room + "/job"))
            let outcome = try run(["node", script, program, room + "/job", room + "/answers"])
            guard outcome.status == 0 else { throw RunnerFailure(text: outcome.error) }
            data = try Data(contentsOf: URL(fileURLWithPath: room + "/answers"))
        } else {
            let html = """
                <pre id="program">\(try place(program))</pre><pre id="job">\(asked.base64EncodedString())</pre>
                <pre id="answers"></pre><script type="module">\(try String(contentsOfFile: script, encoding: .utf8))</script>
                """
            try Data(html.utf8).write(to: URL(fileURLWithPath: room + "/page.html"))
            data = try inChromium(room)
        }
        return try JSONDecoder().decode([[Answer]].self, from: data).flatMap { $0 }
    }

    /// The answers in the page's last state.
    private func inChromium(_ room: String) throws -> Data {
        let outcome = try run([
            Self.runner ?? "", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + room + "/profile",
            "--virtual-time-budget=600000", "--dump-dom", "file://" + room + "/page.html",
        ])
        let text = outcome.output.components(separatedBy: "id=\"answers\">").last?.prefix { $0 != "<" } ?? ""
        guard let data = Data(base64Encoded: String(text)), !data.isEmpty else {
            throw RunnerFailure(text: String(outcome.error.suffix(500)))
        }
        return data
    }

    private func contents(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }
}

struct RunnerFailure: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}

/// The same widths as in `ask.mjs`, as the page's own measurer hands them on.
struct Ruler: TextMeasurer {
    func metrics(of string: String, in font: Font) -> TextMetrics {
        let ems = string.unicodeScalars.reduce(0.0) {
            $0 + ($1.value >= 0x2E80 ? 1 : font.family == .mono ? 0.6 : 0.55)
        }
        return TextMetrics(
            width: ems * 100, ascent: 95, descent: 25, inkAscent: 72, inkDescent: 2, inkLeft: 0, inkRight: ems * 100
        ).scaled(by: font.size / 100)
    }
}
