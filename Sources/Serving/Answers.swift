import Drawing
import Models
import Page
import Platform
import Reading
import Rendering
import Subjects
import Tensors
import Tracing
import Wording

/// Answers questions by sessions of the page's own engine.
struct Answers: Sendable {
    let site: Site
    let limits: ServeLimits
    let sessions: SessionTable

    init(site: Site, limits: ServeLimits) {
        (self.site, self.limits) = (site, limits)
        sessions = SessionTable(most: limits.texts, mostBytes: limits.keptBytes)
    }

    private static let refusal = Array(#"{"error":"#.utf8)

    private static func isRefusal(_ answer: [UInt8]) -> Bool { answer.starts(with: refusal) }

    // MARK: Sessions

    private func content(_ asked: Asked) throws(ServeError) -> ServedSource.Content {
        guard let source = site.sources[asked.source] else { throw .noSource(asked.source) }
        do {
            return try source.content()
        } catch {
            throw Self.failed(error)
        }
    }

    static func failed(_ error: any Error) -> ServeError {
        if let error = error as? ServeError { return error }
        if let error = error as? any ExplainedError { return .failed(error.explanation) }
        return .failed(Phrase("\(error)"))
    }

    private func session(of content: ServedSource.Content) throws(ServeError) -> PageSession {
        let measurer = Renderer().measurer.any
        switch content {
        case .model(let model): return PageSession(model: model, measurer: measurer, keepsWidths: true)
        case .over(let subject):
            guard let run = subject.traced else {
                throw .failed(SubjectError.noTrace(subject: subject.title).explanation)
            }
            return PageSession(run: run, measurer: measurer, keepsWidths: true)
        }
    }

    /// How much a text would take; refused before it is read where that is too much.
    private func cost(_ asked: Asked, _ content: ServedSource.Content) throws(ServeError) -> Int64 {
        let characters = asked.characters
        guard characters <= limits.characters else {
            throw .textTooLong(characters: characters, most: limits.characters)
        }
        guard case .model(let model) = content else { return 0 }
        var count = max(asked.about["ids"]?.integers?.count ?? 0, 1)
        if let text = asked.about["text"]?.text, let input = try? model.input(text) {
            count = max(count, input.ids.count)
        }
        for name in ["pair", "target"] {
            if let text = asked.about[name]?.text, let input = try? model.input(text) { count += input.ids.count }
        }
        let bytes = model.bytesOfRun(tokens: count)
        guard bytes <= limits.textBytes else {
            throw .tooMuchMemory(tokens: count, bytes: bytes, most: limits.textBytes)
        }
        return bytes
    }

    /// Asks a session that has read the text of the question.
    private func asking(
        _ asked: Asked, _ body: (PageSession, ServedSource.Content) throws(ServeError) -> Reply
    ) throws(ServeError) -> Reply {
        let content = try content(asked)
        let key = asked.key
        if let known = sessions.take(key) {
            defer { sessions.give(known, key, bytes: size(asked, content)) }
            return try body(known, content)
        }
        let bytes = try cost(asked, content)
        let session = try session(of: content)
        var reads = !asked.readsText && !asked.about.isEmpty
        if case .over = content { reads = !asked.readsText }
        if reads {
            let answer = session.ask(asked.reading)
            if Self.isRefusal(answer) { return .json(answer) }
        }
        let reply = try body(session, content)
        // A text that was given up half way is not known.
        if session.subject != nil, !Abandonment.isAsked { sessions.give(session, key, bytes: bytes) }
        return reply
    }

    private func size(_ asked: Asked, _ content: ServedSource.Content) -> Int64 {
        (try? cost(asked, content)) ?? 0
    }

    // MARK: Questions

    func ask(_ asked: Asked) throws(ServeError) -> Reply {
        try asking(asked) { (session, _) throws(ServeError) in .json(session.ask(asked.bytes)) }
    }

    /// Of each step its rank, its lengths and its numbers, as 32 bits, the lowest first; −1 where there is none.
    func tensor(_ asked: Asked) throws(ServeError) -> Reply {
        guard let names = asked.members["steps"]?.texts else {
            throw .malformed(Phrase(en: "it lacks “steps”", zh: "缺少“steps”"))
        }
        return try asking(asked) { (session, _) throws(ServeError) in
            let steps = names.map { session.step($0) }
            let size = steps.reduce(0) { $0 + 4 + 4 * (($1?.shape.rank ?? 0) + ($1?.tensor.count ?? 0)) }
            guard size <= limits.answerBytes else { throw .answerTooLarge(bytes: size, most: limits.answerBytes) }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size)
            func put(_ number: Int) {
                withUnsafeBytes(of: Int32(clamping: number).littleEndian) { bytes.append(contentsOf: $0) }
            }
            for step in steps {
                guard let step else {
                    put(-1)
                    continue
                }
                put(step.shape.rank)
                for length in step.shape.dimensions { put(length) }
                // Floats are little-endian on every machine that this runs on.
                step.tensor.withUnsafeBuffer { bytes.append(contentsOf: UnsafeRawBufferPointer($0)) }
            }
            return Reply(type: "application/octet-stream", body: bytes)
        }
    }

    // MARK: Taking away

    /// What can be taken away: one figure, or what the site's takers make of the whole text.
    var kinds: [String] { ["png", "svg", "pdf"] + site.takers.keys.sorted() }

    func take(_ asked: Asked) throws(ServeError) -> Reply {
        let kind = asked.members["take"]?.text ?? ""
        guard kinds.contains(kind) else { throw .noKind(kind, known: kinds) }
        if let slide = asked.members["slide"]?.integer { return try takeSlide(slide, as: kind, asked) }
        return try asking(asked) { (session, content) throws(ServeError) in
            do {
                if asked.readsText == false, session.subject == nil { _ = session.ask(asked.reading) }
                guard let subject = session.subject else { throw ServeError.noSource(asked.source) }
                guard let taker = site.takers[kind] else {
                    let (figure, frame) = try session.figure(asked.bytes)
                    return try picture(figure, frame, kind, asked)
                }
                var order = TakeOrder(
                    subject: subject, language: asked.language, theme: asked.members["theme"]?.text ?? "light",
                    members: asked.members)
                if case .model(let model) = content { order.model = model }
                return file(try taker(order), named: subject.slug, kind)
            } catch {
                throw Self.failed(error)
            }
        }
    }

    /// A slide that a subject brings along, such as a training's.
    private func takeSlide(_ place: Int, as kind: String, _ asked: Asked) throws(ServeError) -> Reply {
        guard case .over(let subject) = try content(asked), subject.slides.indices.contains(place) else {
            throw .noSource(asked.source)
        }
        do {
            var style = SlideStyle(
                theme: .named(asked.members["theme"]?.text.flatMap { Theme.Mode(rawValue: $0) } ?? .light),
                language: asked.language, measurer: Renderer().measurer.any)
            style.size = .slide
            let figure = try subject.slides[place].figure(style)
            return try picture(figure, asked.members["frame"]?.integer ?? figure.frames.count - 1, kind, asked)
        } catch {
            throw Self.failed(error)
        }
    }

    private func picture(_ figure: Figure, _ frame: Int, _ kind: String, _ asked: Asked) throws -> Reply {
        guard let format = Renderer.Format(rawValue: kind) else { throw ServeError.noKind(kind, known: kinds) }
        var manner = Renderer.Manner()
        if case .number(let scale)? = asked.members["scale"], (0.25...8).contains(scale) { manner.scale = scale }
        manner.isTransparent = asked.members["transparent"]?.flag ?? false
        if asked.members["letters"]?.text == "real" { manner.letters = .real }
        let at = min(max(frame, 0), max(0, figure.frames.count - 1))
        return file(try format.bytes(figure, frame: at, manner), named: "\(figure.id)", kind)
    }

    private func file(_ bytes: [UInt8], named name: String, _ kind: String) -> Reply {
        var reply = Reply(type: ServedFile.type(of: "." + kind), body: bytes)
        // RFC 6266, RFC 8187: a name of any script.
        let letters = name.utf8.map { byte -> String in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        reply.more = [("Content-Disposition", "attachment; filename*=UTF-8''\(letters).\(kind)")]
        return reply
    }
}
