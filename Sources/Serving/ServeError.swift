import NIOHTTP1
import Wording

/// Why a request is refused, in one line.
package enum ServeError: ExplainedError, Hashable {
    case malformed(Phrase)
    case foreignHost(String)
    case foreignOrigin(String)
    case noPage(String)
    case noBook
    case noSource(String)
    case method(String, allowed: String)
    case noLength
    case bodyTooLarge(most: Int)
    case addressTooLong(most: Int)
    case headersTooLong(most: Int)
    case notJSON
    case busy
    case tookTooLong(seconds: Int)
    case tooManyConnections(most: Int)
    case textTooLong(characters: Int, most: Int)
    case tooMuchMemory(tokens: Int, bytes: Int64, most: Int64)
    case answerTooLarge(bytes: Int, most: Int)
    case noKind(String, known: [String])
    case notLeading
    case noRoom
    case noVote
    case failed(Phrase)

    var status: HTTPResponseStatus {
        switch self {
        case .malformed, .noKind, .noVote: .badRequest
        case .foreignHost, .foreignOrigin, .notLeading: .forbidden
        case .noPage, .noBook, .noSource, .noRoom: .notFound
        case .method: .methodNotAllowed
        case .noLength: .lengthRequired
        case .bodyTooLarge, .answerTooLarge: .payloadTooLarge
        case .addressTooLong: .uriTooLong
        case .headersTooLong: .requestHeaderFieldsTooLarge
        case .notJSON: .unsupportedMediaType
        case .busy, .tooManyConnections: .serviceUnavailable
        case .tookTooLong: .gatewayTimeout
        // What a reader can mend by typing something else is an answer.
        case .textTooLong, .tooMuchMemory, .failed: .ok
        }
    }

    package var explanation: Phrase {
        switch self {
        case .malformed(let problem):
            Phrase(en: "this request cannot be read: \(problem.english)", zh: "这个请求读不懂：\(problem.chinese)")
        case .foreignHost(let name):
            Phrase(
                en: "“\(name)” is not a name of this server: open the address that glassformer printed",
                zh: "“\(name)”不是这台服务器的名字：请打开 glassformer 打印出的地址")
        case .foreignOrigin(let name):
            Phrase(en: "a page of “\(name)” may not ask this server", zh: "“\(name)”的网页不能向这台服务器提问")
        case .noPage(let path): Phrase(en: "there is nothing at “\(path)”", zh: "“\(path)”处什么也没有")
        case .noBook:
            Phrase(
                en:
                    "the book has not been built: “glassformer lessons build” writes it, “glassformer serve --book FOLDER” shows it",
                zh: "书还没有生成：“glassformer lessons build”写出它，“glassformer serve --book 文件夹”展示它")
        case .noSource(let name): Phrase(en: "nothing here is called “\(name)”", zh: "这里没有叫“\(name)”的内容")
        case .method(let name, let allowed):
            Phrase(en: "“\(name)” cannot be done here: expected \(allowed)", zh: "这里不能用“\(name)”：应为 \(allowed)")
        case .noLength: Phrase(en: "the request does not say how long it is", zh: "请求没有说明自己有多长")
        case .bodyTooLarge(let most):
            Phrase(en: "the question is too long: at most \(most) bytes", zh: "问题太长：最多 \(most) 字节")
        case .addressTooLong(let most):
            Phrase(en: "the address is too long: at most \(most) bytes", zh: "地址太长：最多 \(most) 字节")
        case .headersTooLong(let most):
            Phrase(en: "the request's headers are too long: at most \(most) bytes", zh: "请求头太长：最多 \(most) 字节")
        case .notJSON:
            Phrase(en: "expected a question as JSON (application/json)", zh: "应为 JSON 格式的问题（application/json）")
        case .busy: Phrase(en: "too many questions at once: try again in a moment", zh: "一时问题太多：请稍后再试")
        case .tookTooLong(let seconds):
            Phrase(
                en: "the answer took longer than \(seconds) {s|second|seconds}: try a shorter text",
                zh: "计算超过了 \(seconds) 秒：请换一段短些的文本"
            ).filled(["s": "\(seconds)"])
        case .tooManyConnections(let most):
            Phrase(en: "more than \(most) connections at once", zh: "同时的连接超过了 \(most) 个")
        case .textTooLong(let characters, let most):
            Phrase(
                en: "a text of \(characters) characters: at most \(most) are read here",
                zh: "文本有 \(characters) 个字符：这里最多读 \(most) 个")
        case .tooMuchMemory(let tokens, let bytes, let most):
            Phrase(
                en:
                    "every number of \(tokens) tokens would take about \(bytes >> 20) MiB, here at most \(most >> 20) MiB: shorten the text",
                zh: "\(tokens) 个词元的全部数值约需 \(bytes >> 20) MiB，这里最多 \(most >> 20) MiB：请缩短文本")
        case .answerTooLarge(let bytes, let most):
            Phrase(
                en: "the answer would be \(bytes >> 20) MiB, at most \(most >> 20) MiB",
                zh: "答案有 \(bytes >> 20) MiB，最多 \(most >> 20) MiB")
        case .noKind(let name, let known):
            Phrase(
                en: "nothing is taken away as “\(name)”: expected \(known.joined(separator: ", "))",
                zh: "不能取走为“\(name)”：应为 \(known.joined(separator: "、"))")
        case .notLeading: Phrase(en: "this page follows; it does not lead", zh: "这个网页是跟随者，不能带领")
        case .noRoom: Phrase(en: "this server has no room to follow in", zh: "这台服务器没有开放课堂")
        case .noVote: Phrase(en: "there is no such choice to vote on", zh: "没有这个可投的选项")
        case .failed(let reason): reason
        }
    }
}
