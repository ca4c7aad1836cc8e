import Wording

/// What is looked at, as somebody wrote it; a shelf makes the subject itself of it.
package enum SubjectSource: Sendable, Hashable {
    /// A text on a model.
    case text(TextSource)
    /// A trace file, ours or one that was recorded elsewhere.
    case trace(TraceSource)
    /// A run of a recipe, or the folder that it left.
    case run(RunSource)
    /// Machines at one task.
    case comparison(ComparisonSource)
    /// One training step shared among workers.
    case workers(WorkersSource)
    /// A published architecture: its counts.
    case preset(String)
    /// A small calculation on given vectors and matrices.
    case calculation([String])

    package struct TraceSource: Sendable, Hashable {
        package var path: String
        /// Which text of a batch.
        package var sequence: Int?
        /// Whose tokenizer names the tokens.
        package var model: String?
        package var changes: ChangeWords

        package init(
            path: String, sequence: Int? = nil, model: String? = nil, changes: ChangeWords = ChangeWords()
        ) {
            (self.path, self.sequence, self.model, self.changes) = (path, sequence, model, changes)
        }
    }

    package struct RunSource: Sendable, Hashable {
        package var name: String
        package var step: Int?
        /// Options of the recipe that are set otherwise than its file does: `noise=0.3`.
        package var changes: [String] = []
        /// One option that takes several values, one run for each.
        package var variation: Variation?
        /// What the trained model is shown, step by step.
        package var input: [Double]?

        package init(name: String, step: Int? = nil, changes: [String] = []) {
            (self.name, self.step, self.changes) = (name, step, changes)
        }
    }

    /// `learning_rate=0.003,0.03,3`
    package struct Variation: Sendable, Hashable {
        package var key: String
        package var values: [String]

        package init(key: String, values: [String]) { (self.key, self.values) = (key, values) }
    }

    package struct ComparisonSource: Sendable, Hashable {
        package var machines: [String]
        package var task: String
        package var seed: UInt64

        package init(machines: [String], task: String = "film", seed: UInt64 = 1) {
            (self.machines, self.task, self.seed) = (machines, task, seed)
        }
    }

    package struct WorkersSource: Sendable, Hashable {
        package enum How: String, Sendable, Hashable, CaseIterable { case data, tensor }

        package var texts: [String]
        package var ids: [Int]?
        package var model: String?
        package var workers: Int
        package var how: How
        package var layer: Int

        package init(
            texts: [String], ids: [Int]? = nil, model: String? = nil, workers: Int = 2, how: How = .data, layer: Int = 0
        ) {
            (self.texts, self.ids, self.model) = (texts, ids, model)
            (self.workers, self.how, self.layer) = (workers, how, layer)
        }
    }

    /// What says which kind of subject it is; exactly one of them is given.
    private static let kinds = ["text", "ids", "trace", "run", "compare", "preset", "calculate"]
    /// Every name that says something about a subject.
    package static let keys =
        kinds + TextSource.beside + ChangeWords.keys
        + ["model", "sequence", "at-step", "set", "vary", "input", "task", "seed", "workers", "how"]

    /// Of these, those that set an option of something by its name: `noise=0.3`, in a chapter `{noise: 0.3}`.
    package static let settingKeys = ["set", "vary"]

    /// What says something about a text on a model that is there already.
    package static let textKeys = ["text", "ids"] + TextSource.beside + ChangeWords.keys

    /// - Throws: ``SubjectError``.
    package init(_ words: SubjectWords) throws(SubjectError) {
        let given = Self.kinds.filter { words.has($0) }
        guard given.count == 1, let kind = given.first else {
            let usual = ["text", "ids", "trace"] + given.filter { !["text", "ids", "trace"].contains($0) }
            throw .oneOf(expected: usual.map { words.name($0) }, found: given.map { words.name($0) })
        }
        let own: [String: [String]] = [
            "trace": ["model", "sequence"] + ChangeWords.keys, "run": ["at-step", "set", "vary", "input"],
            "compare": ["task", "seed"],
        ]
        if words.has("sequence"), kind != "trace" { throw .needs(words.name("sequence"), words.name("trace")) }
        if kind == "text" || kind == "ids" {
            for key in ["at-step", "set", "vary", "input", "task", "seed"] where words.has(key) {
                throw .needs(words.name(key), words.name(key == "task" || key == "seed" ? "compare" : "run"))
            }
            if words.has("how"), !words.has("workers") { throw .needs(words.name("how"), words.name("workers")) }
            self = words.has("workers") ? .workers(try WorkersSource(words)) : .text(try TextSource(words))
            return
        }
        let allowed = [kind] + (own[kind] ?? [])
        try words.refuse(Self.keys.filter { !allowed.contains($0) }, beside: kind)
        let value = words.text(kind) ?? ""
        switch kind {
        case "trace":
            let changes = ChangeWords(words)
            if !changes.patch.isEmpty { throw .together(words.name("patch"), words.name("trace")) }
            self = .trace(
                TraceSource(
                    path: value, sequence: try words.count("sequence"), model: words.text("model"), changes: changes))
        case "run": self = .run(try RunSource(name: value, words))
        case "compare":
            let machines = value.split(separator: ",").map { String($0.filter { $0 != " " }) }
            guard machines.count == 2 else {
                throw .outside(option: words.name(kind), expected: "perceptron,transformer", found: value)
            }
            var source = ComparisonSource(machines: machines)
            if let task = words.text("task") { source.task = task }
            if let seed = try words.value("seed", PlainNumber.seed) { source.seed = seed }
            self = .comparison(source)
        case "preset": self = .preset(value)
        default: self = .calculation(words.texts(kind))
        }
    }
}

extension SubjectSource.RunSource {
    /// Runs that are drawn side by side.
    private static let variations = 2...6

    /// - Throws: ``SubjectError``.
    init(name: String, _ words: SubjectWords) throws(SubjectError) {
        self.init(name: name, step: try words.count("at-step"), changes: words.texts("set"))
        for change in changes where Self.parts(change) == nil {
            throw .outside(option: words.name("set"), expected: "KEY=VALUE", found: change)
        }
        if let varied = words.text("vary") {
            let parts = Self.parts(varied)
            let values = Self.values(parts?.value ?? "")
            guard let parts, Self.variations.contains(values.count), Set(values).count == values.count,
                words.texts("vary").count == 1
            else {
                throw .outside(
                    option: words.name("vary"), expected: "KEY=VALUE,VALUE … (2 … \(Self.variations.upperBound))",
                    found: words.texts("vary").joined(separator: " "))
            }
            variation = SubjectSource.Variation(key: parts.key, values: values)
            try words.refuse(["input"], beside: "vary")
        }
        input = try words.value("input") { (text) throws(SubjectError) in try PlainNumber.list(text) }
    }

    private static func parts(_ text: String) -> (key: String, value: String)? {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }

    /// What commas outside of brackets part.
    private static func values(_ text: String) -> [String] {
        var values = [""]
        var depth = 0
        for letter in text {
            if letter == "[" { depth += 1 }
            if letter == "]" { depth -= 1 }
            if letter == ",", depth == 0 {
                values.append("")
            } else if letter != " " || !(values.last ?? "").isEmpty {
                values[values.count - 1].append(letter)
            }
        }
        return values.filter { !$0.isEmpty }
    }
}

extension SubjectSource.WorkersSource {
    /// - Throws: ``SubjectError``.
    init(_ words: SubjectWords) throws(SubjectError) {
        let allowed = ["text", "ids", "model", "workers", "how"]
        try words.refuse(SubjectSource.keys.filter { !allowed.contains($0) }, beside: "workers")
        // Several texts stand on a line each.
        self.init(
            texts: words.texts("text").flatMap { $0.split { $0.isNewline }.map { String($0) } },
            ids: try words.indices("ids"), model: words.text("model"), workers: try words.count("workers") ?? 2,
            layer: try words.count("layer") ?? 0)
        guard let name = words.text("how") else { return }
        guard let how = How(rawValue: name) else {
            throw .outside(option: words.name("how"), expected: "data, tensor", found: name)
        }
        self.how = how
    }
}
