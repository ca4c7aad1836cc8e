import NIOCore
import NIOHTTP1
import Platform
import Wording

/// One connection: reads a request within the limits, has it answered, and sends the answer; then the next.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        /// For a request.
        case waiting
        case reading(HTTPRequestHead, [UInt8])
        /// It is refused when it is whole, so that the connection may go on.
        case refusing(HTTPRequestHead, ServeError)
        /// Numbered, so that an answer that comes too late finds another number.
        case answering(HTTPRequestHead, Int, GivenUp)
        case listening(Int)
        /// The answer is out and the connection about to close: what still comes is not read.
        case ignoring
    }

    private let server: ServerParts
    /// Stands for the reader where its page gives no name.
    private let name: String
    private var state = State.waiting
    private var context: ChannelHandlerContext?
    /// Ends a request that does not arrive, an answer that is not made, a stream that is not read.
    private var alarm: Scheduled<Void>?
    private var pulse: RepeatedTask?
    private var last = 0
    private var ignored = 0
    /// It is told so when it has asked something: an answer to no question is none in HTTP.
    private var isOneTooMany = false

    init(server: ServerParts, number: Int) {
        self.server = server
        name = "connection \(number)"
    }

    private var service: Service { server.service }
    private var limits: ServeLimits { server.service.limits }

    // MARK: Opening and closing

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        let count = server.connections.add(1, ordering: .relaxed).newValue
        isOneTooMany = count > limits.connections
        awaitRequest()
    }

    func channelInactive(context: ChannelHandlerContext) {
        server.connections.subtract(1, ordering: .relaxed)
        alarm?.cancel()
        pulse?.cancel()
        switch state {
        case .answering(_, _, let givenUp): givenUp.set()
        case .listening(let number): service.room?.leave(number)
        case .waiting, .reading, .refusing, .ignoring: break
        }
        state = .ignoring
        self.context = nil
    }

    private func ring(in seconds: Int, _ act: @escaping (Connection) -> Void) {
        alarm?.cancel()
        alarm = context?.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Int64(seconds))) { [self] in act(self) }
    }

    private func awaitRequest() { ring(in: limits.secondsToArrive) { $0.context?.close(promise: nil) } }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (.head(let head), .waiting): begin(head)
        case (.body(let part), .reading(let head, var body)):
            guard body.count + part.readableBytes <= limits.body else {
                return refuse(.bodyTooLarge(most: limits.body), head)
            }
            // Else the array would be copied for each part.
            state = .waiting
            body.append(contentsOf: part.readableBytesView)
            state = .reading(head, body)
        case (.end, .reading(let head, let body)): answer(head, body)
        case (.end, .refusing(let head, let error)):
            state = .waiting
            send(refused(error, head), to: head)
        case (.body(let part), .refusing), (.body(let part), .ignoring):
            ignored += part.readableBytes
            if ignored > 16 * limits.body { context.close(promise: nil) }
        default: break
        }
    }

    private func begin(_ head: HTTPRequestHead) {
        ignored = 0
        if isOneTooMany { return refuse(.tooManyConnections(most: limits.connections), head) }
        switch refusal(head) {
        case nil: state = .reading(head, [])
        case .bodyTooLarge(let most)?: refuse(.bodyTooLarge(most: most), head)
        case let error?: state = .refusing(head, error)
        }
    }

    private func refusal(_ head: HTTPRequestHead) -> ServeError? {
        guard head.uri.utf8.count <= limits.address else { return .addressTooLong(most: limits.address) }
        let size = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
        guard size <= limits.headers else { return .headersTooLong(most: limits.headers) }
        if let error = server.keeper.refusal(of: head) { return error }
        if let error = service.refusal(request(head)) { return error }
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        guard length <= limits.body else { return .bodyTooLarge(most: limits.body) }
        return nil
    }

    private func request(_ head: HTTPRequestHead, _ body: [UInt8] = []) -> Service.Request {
        Service.Request(method: head.method, uri: head.uri, headers: head.headers, body: body)
    }

    /// Answers before the request is whole; the rest of it is let pass, for a while, so that the answer is read.
    private func refuse(_ error: ServeError, _ head: HTTPRequestHead) {
        state = .ignoring
        send(refused(error, head), to: head)
    }

    private func refused(_ error: ServeError, _ head: HTTPRequestHead) -> Reply {
        .refusal(error, request(head).language, asText: head.method != .POST)
    }

    // MARK: Answering

    private func answer(_ head: HTTPRequestHead, _ body: [UInt8]) {
        let asked = request(head, body)
        switch service.plan(asked) {
        case .now(let reply):
            state = .waiting
            send(reply, to: head)
        case .listen(let leads): listen(head, leads: leads)
        case .work(let lane, let seconds, let make):
            last += 1
            let (number, givenUp) = (last, GivenUp())
            state = .answering(head, number, givenUp)
            guard let context else { return }
            let (loop, bound) = (context.eventLoop, NIOLoopBound(self, eventLoop: context.eventLoop))
            let isTaken = server.queue.add(
                FairQueue.Job(reader: asked.page.isEmpty ? name : asked.page, lane: lane, givenUp: givenUp) {
                    let reply = Abandonment.watched(by: { givenUp.isTrue }) { make() }
                    loop.execute { bound.value.finish(number, reply) }
                })
            guard isTaken else { return finish(number, .refusal(.busy, asked.language)) }
            let language = asked.language
            ring(in: seconds) { $0.finish(number, .refusal(.tookTooLong(seconds: seconds), language)) }
        }
    }

    /// The work is done, or nobody waits for it longer.
    private func finish(_ number: Int, _ reply: Reply) {
        guard case .answering(let head, number, let givenUp) = state else { return }
        givenUp.set()
        state = .waiting
        send(reply, to: head)
    }

    /// - Parameter head: of the request; nil where none could be read.
    private func send(_ reply: Reply, to head: HTTPRequestHead?) {
        guard let context else { return }
        let isOver = if case .ignoring = state { true } else { head?.isKeepAlive != true }
        let headers = reply.headers(closes: isOver)
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: reply.status, headers: headers))),
            promise: nil)
        if head?.method != .HEAD, reply.status != .notModified {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil)
        }
        // An answer that is not read is not kept for ever.
        ring(in: limits.secondsToArrive) { $0.context?.close(promise: nil) }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in bound.value.wasSent(isOver) }
    }

    private func wasSent(_ isOver: Bool) {
        guard isOver else { return awaitRequest() }
        guard case .ignoring = state else {
            context?.close(promise: nil)
            return
        }
        // Closed at once, what the other side still sends would have the answer thrown away unread.
        context?.close(mode: .output, promise: nil)
        ring(in: 1) { $0.context?.close(promise: nil) }
    }

    // MARK: Listening

    private func listen(_ head: HTTPRequestHead, leads: Bool) {
        guard let context, let room = service.room else { return }
        alarm?.cancel()
        var headers = HTTPHeaders([("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")])
        Reply.addSafety(.page, to: &headers)
        context.writeAndFlush(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: headers))), promise: nil)
        let (loop, bound) = (context.eventLoop, NIOLoopBound(self, eventLoop: context.eventLoop))
        state = .listening(room.enter(leads: leads) { news in loop.execute { bound.value.tell(news.event) } })
        pulse = loop.scheduleRepeatedTask(initialDelay: .seconds(20), delay: .seconds(20)) { _ in
            bound.value.tell(": \n\n")
        }
    }

    /// Who does not read is let go: the page comes back by itself.
    private func tell(_ event: String) {
        guard let context, case .listening = state else { return }
        guard context.channel.isWritable else {
            context.close(promise: nil)
            return
        }
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: event)))), promise: nil)
    }

    // MARK: Errors

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else {
            context.close(promise: nil)
            return
        }
        switch state {
        case .waiting, .reading, .refusing:
            let reason: ServeError =
                error == .headerOverflow
                ? .headersTooLong(most: limits.headers)
                : .malformed(Phrase(en: "it is no request of HTTP", zh: "它不是 HTTP 请求"))
            state = .ignoring
            send(.refusal(reason, .english, asText: true), to: nil)
        case .answering, .listening, .ignoring: context.close(promise: nil)
        }
    }
}
