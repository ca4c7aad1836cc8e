import Wording

/// Why a model could not be loaded or run.
public enum ModelError: ExplainedError, Equatable {
    case missingParameter(String)
    case contextExceeded(tokens: Int, context: Int)
    /// A trace of a text of so many tokens would not find room in the machine's memory.
    case traceTooLarge(tokens: Int, gigabytes: Int)
    case emptyText
    case unknownToken(id: Int, vocabulary: Int)
    case configuration(path: String, key: String, expected: Phrase, found: Phrase)
    case unreadable(path: String, reason: Phrase)
    case unknownFamily(path: String, found: String, supported: [String])
    case checkpoint(path: String, missing: [String], surplus: [String], misshaped: [String])
    /// Files of weights that are of another format, or do not belong together.
    case weights(path: String, problem: Phrase)
    case unknownModel(String, shipped: [String])
    case otherKind(model: String, expected: Phrase, found: Phrase)
    case noTokenizer(path: String)
    /// What was asked for needs logits.
    case noHead
    case noHome(searched: [String])
    /// What was given with a text, or how one is to be written, is not as it must be.
    case given(Given, expected: String, found: String)
    /// The examples do not determine a line.
    case singular(examples: Int, features: Int)

    /// What may be given beside a text.
    public enum Given: String, Sendable {
        case mask, segments, temperature
        case topK = "top-k"
        case topP = "top-p"

        var phrase: Phrase {
            switch self {
            case .mask: Phrase(en: "mask", zh: "掩码")
            case .segments: Phrase(en: "segments", zh: "句段")
            case .temperature: Phrase(en: "temperature", zh: "温度")
            case .topK, .topP: Phrase(rawValue)
            }
        }
    }

    public var explanation: Phrase {
        switch self {
        case .missingParameter(let name):
            Phrase(en: "the model has no parameter “\(name)”", zh: "模型缺少参数“\(name)”")
        case .contextExceeded(let tokens, let context):
            Phrase(
                en: "the text has \(tokens) tokens; this model reads at most \(context)",
                zh: "文本共有 \(tokens) 个词元，而这个模型最多读 \(context) 个")
        case .traceTooLarge(let tokens, let gigabytes):
            Phrase(
                en:
                    "every tensor of \(tokens) tokens would take about \(gigabytes) GB, more than this machine has: shorten the text",
                zh: "\(tokens) 个词元的全部张量约需 \(gigabytes) GB，超出了本机的内存：请缩短文本")
        case .emptyText:
            Phrase(en: "expected at least one token, found an empty text", zh: "至少要有一个词元，而文本是空的")
        case .unknownToken(let id, let vocabulary):
            Phrase(
                en: "token id \(id) lies outside the vocabulary: expected 0 to \(vocabulary - 1)",
                zh: "词元编号 \(id) 不在词表里：应在 0 到 \(vocabulary - 1) 之间")
        case .configuration(let path, let key, let expected, let found):
            Phrase(
                en: "\(path): “\(key)”: expected \(expected.english), found \(found.english)",
                zh: "\(path)：“\(key)”应为\(expected.chinese.spaced)，实际为\(found.chinese.spaced)")
        case .unreadable(let path, let reason):
            Phrase(en: "\(path): cannot be read: \(reason.english)", zh: "\(path)：无法读取：\(reason.chinese)")
        case .unknownFamily(let path, "–", let supported):
            Phrase(
                en:
                    "\(path): model family “–”: add the line \"model_type\": \"…\", with one of \(supported.joined(separator: ", "))",
                zh: "\(path)：模型家族为“–”：请加上 \"model_type\": \"…\" 这一行，取值为 \(supported.joined(separator: "、")) 之一")
        case .unknownFamily(let path, let found, let supported):
            Phrase(
                en:
                    "\(path): model family “\(found)” is not supported; expected one of \(supported.joined(separator: ", "))",
                zh: "\(path)：不支持模型家族“\(found)”；应为 \(supported.joined(separator: "、")) 之一")
        case .checkpoint(let path, let missing, let surplus, let misshaped):
            Phrase(
                en: "\(path): the tensors do not fit config.json"
                    + part("; missing: ", missing) + part("; not expected: ", surplus) + part("; shape: ", misshaped),
                zh: "\(path)：张量与 config.json 不符"
                    + part("；缺少：", missing) + part("；多余：", surplus) + part("；形状不对：", misshaped))
        case .weights(let path, let problem):
            Phrase(en: "\(path): \(problem.english)", zh: "\(path)：\(problem.chinese)")
        case .unknownModel(let name, let shipped):
            Phrase(
                en: "no model “\(name)”: expected a folder with config.json, or one of \(list(shipped))",
                zh: "找不到模型“\(name)”：应是含有 config.json 的文件夹，或 \(list(shipped)) 之一")
        case .otherKind(let model, let expected, let found):
            Phrase(
                en: "“\(model)” is \(found.english); what was asked for needs \(expected.english)",
                zh: "“\(model)”是\(found.chinese)；所要求的事需要\(expected.chinese)")
        case .noTokenizer(let path):
            Phrase(
                en:
                    "\(path): found no tokenizer.json, vocab.json with merges.txt, or vocab.txt: give numbers of tokens instead of a text",
                zh: "\(path)：缺少 tokenizer.json，也没有 vocab.json 与 merges.txt，或 vocab.txt：请给出词元编号，而不是文本")
        case .noHead:
            Phrase(
                en:
                    "this model has no head that foretells tokens (its files hold a trunk only); what it has can be traced and drawn",
                zh: "这个模型没有预测词元的输出层（文件里只有主干）；已有的部分可以记录，也可以画出来")
        case .noHome(let searched):
            Phrase(
                en: "cannot find the folders lessons/ and fixtures/; set GLASSFORMER_HOME (searched \(list(searched)))",
                zh: "找不到 lessons/ 和 fixtures/ 文件夹；请设置 GLASSFORMER_HOME（找过 \(list(searched))）")
        case .singular(let examples, let features):
            Phrase(
                en:
                    "\(examples) examples of \(features) features determine no line: expected more examples than features, and no feature that follows from the others",
                zh: "\(examples) 个例子、\(features) 个特征，定不出一条直线：例子应多于特征，且没有哪个特征能由其他特征推出")
        case .given(let given, let expected, let found):
            Phrase(
                en: "\(given.phrase.english): expected \(expected), found \(found)",
                zh: "\(given.phrase.chinese)：应为 \(expected)，实际为 \(found)")
        }
    }

    private func list(_ names: [String]) -> String { Self.list(names) }

    /// The first few of many names, and how many there are.
    static func list(_ names: [String]) -> String {
        let shown = names.prefix(8).joined(separator: ", ")
        return names.count > 8 ? shown + " … (\(names.count))" : shown
    }

    private func part(_ title: String, _ names: [String]) -> String {
        names.isEmpty ? "" : title + list(names)
    }
}

extension Phrase {
    static let aboveZero = Phrase(en: "a number > 0", zh: "大于 0 的数")
    static let zeroOrMore = Phrase(en: "a number ≥ 0", zh: "不小于 0 的数")
}

// Short to throw.
extension Failure {
    static func configuration(path: String, key: String, expected: Phrase, found: Phrase) -> Failure {
        Failure(ModelError.configuration(path: path, key: key, expected: expected, found: found))
    }

    static func given(_ given: ModelError.Given, expected: String, found: String) -> Failure {
        Failure(ModelError.given(given, expected: expected, found: found))
    }

    static func weights(path: String, en english: String, zh chinese: String) -> Failure {
        Failure(ModelError.weights(path: path, problem: Phrase(en: english, zh: chinese)))
    }

    static func unreadable(path: String, en english: String, zh chinese: String) -> Failure {
        Failure(ModelError.unreadable(path: path, reason: Phrase(en: english, zh: chinese)))
    }
}
