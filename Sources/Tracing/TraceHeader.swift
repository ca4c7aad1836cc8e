import Reading
import Wording

/// What a trace file says of a run beside its tensors: JSON under the metadata key `glassformer`.
struct TraceHeader {
    struct StepRecord {
        var name: String
        var operation: String
        var inputs: [String]
        var axes: [String]
        var attributes: Attributes
        var nanoseconds: Int

        /// Where what it reads was set aside: as if recorded elsewhere.
        var alone: StepRecord {
            var record = self
            record.operation = Source.name
            record.inputs = []
            record.attributes = Source(.unexplained).attributes
            return record
        }
    }

    var model: ModelCard
    var tokens: [TraceToken]
    var targetTokens: [TraceToken]
    var vocabulary: [Int: String]
    /// Whether some of the run's steps were left out.
    var isPartial: Bool
    /// Whether another program recorded it.
    var isElsewhere: Bool
    var steps: [StepRecord]

    static let key = "glassformer"
    private static let version = 1

    init(_ trace: Trace) {
        model = trace.model
        tokens = trace.tokens
        targetTokens = trace.targetTokens
        vocabulary = trace.vocabulary
        isPartial = trace.isPartial
        isElsewhere = trace.isElsewhere
        steps = trace.steps.map { step in
            StepRecord(
                name: step.name.description, operation: step.operation.operationKind,
                inputs: step.inputs.map { trace.steps[$0].name.description }, axes: step.axes.map { $0.rawValue },
                attributes: step.operation.attributes, nanoseconds: step.nanoseconds)
        }
    }
}

// MARK: Reading

extension TraceHeader {
    /// - Throws: ``TracingError/traceFile(path:problem:)``.
    init(_ text: String, path: String) throws(Failure) {
        var cursor = JSONCursor(Array(text.utf8), source: path)
        let whole: JSONPart
        do throws(Failure) {
            whole = JSONPart(try cursor.readValue(), "", path, fault: Self.fault)
            try cursor.expectEnd()
        } catch {
            throw Self.malformed(path)
        }
        guard whole.value.members != nil else { throw Self.malformed(path) }
        let version = try whole.integer("version")
        guard version == Self.version else {
            throw Failure.traceFile(
                path,
                Phrase(en: "version \(version), expected \(Self.version)", zh: "版本是 \(version)，应为 \(Self.version)"))
        }
        let card = try whole.member("model")
        model = ModelCard(name: try card.text("name"), family: try card.text("family"))
        model.numbers = try Self.numbers(try card.member("numbers"))
        if let names = card["classNames"] { model.classNames = try names.elements(Self.text) }
        tokens = try whole.list("tokens", Self.token)
        targetTokens = try whole["targetTokens"]?.elements(Self.token) ?? []
        isPartial = try whole.flag("partial", otherwise: false)
        isElsewhere = try whole.flag("elsewhere", otherwise: false)
        vocabulary = [:]
        if let words = whole["vocabulary"] {
            for id in try words.object().members.keys {
                let word = try words.text(id)
                if let id = Int(id) { vocabulary[id] = word }
            }
        }
        steps = try whole.list("steps", Self.record)
    }

    private static func text(_ part: JSONPart) throws(Failure) -> String { try part.text() }

    private static func numbers(_ part: JSONPart) throws(Failure) -> [String: Double] {
        var numbers: [String: Double] = [:]
        for key in try part.object().members.keys { numbers[key] = try part.number(key) }
        return numbers
    }

    private static func token(_ part: JSONPart) throws(Failure) -> TraceToken {
        TraceToken(
            id: try part.integer("id"), display: try part.text("display"),
            isSpecial: try part.flag("special", otherwise: false),
            isGenerated: try part.flag("generated", otherwise: false))
    }

    private static func record(_ part: JSONPart) throws(Failure) -> StepRecord {
        var attributes = Attributes()
        if let numbers = part["numbers"] {
            for (key, number) in try Self.numbers(numbers) { attributes.values[key] = .number(number) }
        }
        if let words = part["words"] {
            for key in try words.object().members.keys { attributes.values[key] = .text(try words.text(key)) }
        }
        return StepRecord(
            name: try part.text("name"), operation: try part.text("operation"),
            inputs: try part.list("inputs", text), axes: try part.list("axes", text), attributes: attributes,
            // A page's whole numbers end after two seconds of them.
            nanoseconds: Int(exactly: try part.number("nanoseconds", otherwise: 0)) ?? 0)
    }

    private static func malformed(_ path: String) -> Failure {
        .traceFile(path, Phrase(en: "“\(key)” is malformed JSON", zh: "“\(key)”不是合法的 JSON"))
    }

    private static let fault: JSONPart.Fault = { (path, key, _, found) in
        found == nil || found == .null
            ? .traceFile(path, Phrase(en: "“\(Self.key)”: key “\(key)” is missing", zh: "“\(Self.key)”里缺少键“\(key)”"))
            : .traceFile(
                path,
                Phrase(en: "“\(Self.key)”: key “\(key)” has the wrong kind", zh: "“\(Self.key)”里键“\(key)”的类型不对"))
    }
}

// MARK: Writing

extension TraceHeader {
    /// What is as usual is not written; keys stand in their order, so that the same trace gives the same bytes.
    var text: String {
        var json = JSONWriter(.dense)
        json.object { json in
            if isElsewhere { json.member("elsewhere", true) }
            json.object("model") { json in
                if !model.classNames.isEmpty { json.member("classNames", model.classNames) }
                json.member("family", model.family)
                json.member("name", model.name)
                Self.write("numbers", model.numbers.map { ($0.key, $0.value) }, &json)
            }
            if isPartial { json.member("partial", true) }
            json.array("steps") { json in for step in steps { Self.write(step, &json) } }
            if !targetTokens.isEmpty { Self.write("targetTokens", targetTokens, &json) }
            Self.write("tokens", tokens, &json)
            json.member("version", Self.version)
            if !vocabulary.isEmpty { Self.write("vocabulary", vocabulary.map { ("\($0.key)", $0.value) }, &json) }
        }
        return json.text
    }

    private static func write<Value: JSONWritable>(
        _ name: String, _ pairs: [(key: String, value: Value)], _ json: inout JSONWriter
    ) {
        json.object(name) { json in
            for (key, value) in pairs.sorted(by: { $0.key < $1.key }) { json.member(key, value) }
        }
    }

    private static func write(_ name: String, _ tokens: [TraceToken], _ json: inout JSONWriter) {
        json.array(name) { json in
            for token in tokens {
                json.object { json in
                    json.member("display", token.display)
                    if token.isGenerated { json.member("generated", true) }
                    json.member("id", token.id)
                    if token.isSpecial { json.member("special", true) }
                }
            }
        }
    }

    private static func write(_ step: StepRecord, _ json: inout JSONWriter) {
        var numbers: [(key: String, value: Double)] = []
        var words: [(key: String, value: String)] = []
        for (key, value) in step.attributes.values {
            switch value {
            case .number(let number): numbers.append((key, number))
            case .text(let text): words.append((key, text))
            }
        }
        json.object { json in
            json.member("axes", step.axes)
            json.member("inputs", step.inputs)
            json.member("name", step.name)
            if step.nanoseconds != 0 { json.member("nanoseconds", step.nanoseconds) }
            if !numbers.isEmpty { write("numbers", numbers, &json) }
            json.member("operation", step.operation)
            if !words.isEmpty { write("words", words, &json) }
        }
    }
}
