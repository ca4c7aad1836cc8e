import Wording

/// Why a trace could not be recorded, read or asked.
public enum TracingError: ExplainedError, Equatable {
    case attribute(operation: String, key: String)
    case unknownOperation(String)
    case unknownStep(String, nearest: [String])
    case index(step: String, index: [Int], shape: String)
    case notExplained(step: String, operation: String)
    case notDifferentiable(operation: String)
    case notRecorded
    case notScalar(step: String, shape: String)
    case traceFile(path: String, problem: String)
    case duplicateStep(String)

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
        case .notRecorded:
            Phrase(
                en: "gradients need a recorded trace; this run was not recorded",
                zh: "求梯度需要完整记录，而这次运行没有记录")
        case .notScalar(let step, let shape):
            Phrase(
                en: "gradients start from one number; \(step) has shape \(shape)",
                zh: "求梯度要从一个数开始，而 \(step) 的形状是 \(shape)")
        case .traceFile(let path, let problem):
            Phrase(en: "\(path): not a trace file: \(problem)", zh: "\(path)：不是记录文件：\(problem)")
        case .duplicateStep(let name):
            Phrase(en: "the step “\(name)” is recorded twice", zh: "步骤“\(name)”被记录了两次")
        }
    }

    private static var operationNames: String { Operations.all.map { $0.name }.joined(separator: ", ") }
    private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
    private func list(_ index: [Int]) -> String { index.map(String.init).joined(separator: ",") }
}
