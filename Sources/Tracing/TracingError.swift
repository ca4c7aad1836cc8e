import Wording

/// Why a trace could not be recorded, read or asked.
public enum TracingError: ExplainedError, Equatable {
    case attribute(operation: String, key: String)
    case unknownOperation(String)
    case unknownStep(String, nearest: [String])
    case index(step: String, index: [Int], shape: String)
    case notExplained(step: String, operation: String)
    case notDifferentiable(operation: String)
    case notReplayed(step: String)
    case change(String, problem: Phrase)
    case notRecorded
    /// Who asked for it no longer waits.
    case abandoned
    case order(step: String, input: String)
    case axes(step: String, axes: Int, shape: String)
    case shape(step: String, expected: String, found: String)
    case notWhole(step: String, number: String)
    case notScalar(step: String, shape: String)
    case traceFile(path: String, problem: Phrase)
    case duplicateStep(String)
    case sequence(Int, count: Int)
    /// Something cannot be done with numbers that are infinite or none; where they begin.
    case notFinite(what: Phrase, NotFinite)

    public var explanation: Phrase {
        switch self {
        case .attribute(let operation, let key):
            Phrase(
                en: "operation “\(operation)”: attribute “\(key)” is missing or has the wrong kind",
                zh: "运算“\(operation)”：缺少属性“\(key)”，或其类型不对")
        case .unknownOperation(let name):
            Phrase(
                en: "unknown operation “\(name)”; expected one of \(Self.operationNames)",
                zh: "未知的运算“\(name)”；应为 \(Self.operationNames) 之一")
        case .unknownStep(let name, let nearest):
            Phrase(
                en: "no step “\(name)” in this trace" + (nearest.isEmpty ? "" : "; nearest: \(list(nearest))"),
                zh: "这份记录里没有步骤“\(name)”" + (nearest.isEmpty ? "" : "；相近的有：\(list(nearest))"))
        case .index(let step, let index, let shape):
            Phrase(
                en: "\(step) has shape \(shape); the index \(list(index)) lies outside it",
                zh: "\(step) 的形状是 \(shape)，下标 \(list(index)) 超出了范围")
        case .notExplained(let step, let operation):
            Phrase(
                en: "\(step) was recorded without its arithmetic (operation “\(operation)”)",
                zh: "\(step) 没有记录算式（运算“\(operation)”）")
        case .notDifferentiable(let operation):
            Phrase(en: "operation “\(operation)” has no gradient", zh: "运算“\(operation)”没有梯度")
        case .notReplayed(let step):
            Phrase(
                en: "\(step) was recorded without its arithmetic: what depends on a change cannot be computed anew",
                zh: "\(step) 没有记录算式：改动之后，依赖它的数无法重新算出")
        case .change(let text, let problem):
            Phrase(en: "the change “\(text)”: \(problem.english)", zh: "改动“\(text)”：\(problem.chinese)")
        case .notRecorded:
            Phrase(
                en:
                    "a recorded step reads a value that this trace does not hold: record the whole run with one recorder",
                zh: "有一步要读的数不在这份记录里：整次运行应由同一个记录器记录")
        case .abandoned:
            Phrase(en: "the work was given up: nobody waits for it any more", zh: "计算已放弃：没有人再等它的结果")
        case .order(let step, let input):
            Phrase(
                en: "step “\(step)” reads “\(input)”, which does not come before it",
                zh: "步骤“\(step)”要读“\(input)”，而后者并不在它之前")
        case .axes(let step, let axes, let shape):
            Phrase(
                en: "step “\(step)” names \(axes) axes; its tensor has shape \(shape)",
                zh: "步骤“\(step)”写了 \(axes) 个轴，而它的张量形状是 \(shape)")
        case .shape(let step, let expected, let found):
            Phrase(
                en: "step “\(step)” has shape \(found); its operation gives \(expected)",
                zh: "步骤“\(step)”的形状是 \(found)，而它的运算得到 \(expected)")
        case .notWhole(let step, let number):
            Phrase(
                en: "step “\(step)” holds token ids: expected whole numbers, found \(number)",
                zh: "步骤“\(step)”存的是词元编号，应为整数，实际为 \(number)")
        case .notScalar(let step, let shape):
            Phrase(
                en: "gradients start from one number; \(step) has shape \(shape)",
                zh: "求梯度要从一个数开始，而 \(step) 的形状是 \(shape)")
        case .traceFile(let path, let problem):
            Phrase(
                en: "\(path): not a trace file: \(problem.english)", zh: "\(path)：不是记录文件：\(problem.chinese)")
        case .notFinite(let what, let number):
            Phrase(
                en: "\(what.english): \(number.phrase.english)", zh: "\(what.chinese)：\(number.phrase.chinese)")
        case .sequence(let number, let count):
            Phrase(
                en: "--sequence: expected 0 … \(count - 1), found \(number)",
                zh: "--sequence：应为 0 … \(count - 1)，实际为 \(number)")
        case .duplicateStep(let name):
            Phrase(en: "the step “\(name)” is recorded twice", zh: "步骤“\(name)”被记录了两次")
        }
    }

    private static var operationNames: String { Operations.all.map { $0.name }.joined(separator: ", ") }
    private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
    private func list(_ index: [Int]) -> String { index.map(String.init).joined(separator: ",") }
}

// Short to throw.
extension Failure {
    package static func attribute(operation: String, key: String) -> Failure {
        Failure(TracingError.attribute(operation: operation, key: key))
    }

    package static func unknownStep(_ name: String, nearest: [String]) -> Failure {
        Failure(TracingError.unknownStep(name, nearest: nearest))
    }

    package static func duplicateStep(_ name: String) -> Failure {
        Failure(TracingError.duplicateStep(name))
    }

    static func traceFile(_ path: String, _ problem: Phrase) -> Failure {
        Failure(TracingError.traceFile(path: path, problem: problem))
    }

    package static func notFinite(_ what: Phrase, _ number: NotFinite) -> Failure {
        Failure(TracingError.notFinite(what: what, number))
    }

    package static func notDifferentiable(operation: String) -> Failure {
        Failure(TracingError.notDifferentiable(operation: operation))
    }
}
