import Reading
import Synchronization
import Wording

/// Readers in one room: where the leading page is, and what the others vote for. Nothing is kept beyond the process, and
/// of a vote only who has voted and how often each choice was taken.
final class Room: Sendable {
    /// What a listener is sent: a name and a line of JSON.
    struct News: Sendable {
        var name: String
        var line: String

        /// As one of the events of a stream (HTML, server-sent events).
        var event: String { "event: \(name)\ndata: \(line)\n\n" }
    }

    private struct Vote {
        var options: [String]
        var question: String
        var isOpen = true
        /// Of each voter, by the page's random name.
        var choices: [String: Int] = [:]

        /// - Parameter tells: whether the counts are said; as long as a vote is open only to who leads.
        func line(tells: Bool) -> String {
            var counts = [Int](repeating: 0, count: options.count)
            for choice in choices.values where counts.indices.contains(choice) { counts[choice] += 1 }
            return JSONText.object([
                "question": .text(question), "options": .texts(options), "open": .bool(isOpen),
                "total": .integer(choices.count), "counts": tells || !isOpen ? .integers(counts) : .null,
            ]).line
        }
    }

    private struct Listener {
        var leads: Bool
        var send: @Sendable (News) -> Void
    }

    private struct State {
        var place: String?
        var vote: Vote?
        var listeners: [Int: Listener] = [:]
        var last = 0
    }

    private let state = Mutex(State())
    /// So that a room's memory is bounded.
    private static let (mostOptions, mostVoters) = (12, 2000)

    /// From now on it hears of everything; first of how things stand.
    /// - Returns: by what it leaves.
    func enter(leads: Bool, send: @escaping @Sendable (News) -> Void) -> Int {
        let (number, news) = state.withLock { state in
            state.last += 1
            state.listeners[state.last] = Listener(leads: leads, send: send)
            var news: [News] = []
            if let place = state.place, !leads { news.append(News(name: "place", line: place)) }
            if let vote = state.vote { news.append(News(name: "vote", line: vote.line(tells: leads))) }
            return (state.last, news)
        }
        for each in news { send(each) }
        sayCount()
        return number
    }

    func leave(_ number: Int) {
        state.withLock { state in state.listeners[number] = nil }
        sayCount()
    }

    /// Who leads sees how many follow.
    private func sayCount() {
        let (listeners, count) = state.withLock { state in
            (state.listeners.values.filter(\.leads), state.listeners.values.count { !$0.leads })
        }
        for each in listeners { each.send(News(name: "readers", line: "\(count)")) }
    }

    /// The leading page is somewhere else.
    func move(to place: [String: JSONValue]) throws(ServeError) {
        guard let page = place["page"]?.text, let at = place["at"]?.text else {
            throw .malformed(Phrase(en: "it lacks “page” or “at”", zh: "缺少“page”或“at”"))
        }
        let line = JSONText.object(["page": .text(page), "at": .text(at)]).line
        let listeners = state.withLock { state in
            state.place = line
            return state.listeners.values.filter { !$0.leads }
        }
        for each in listeners { each.send(News(name: "place", line: line)) }
    }

    /// Opens a vote, closes it, or takes part in it.
    func vote(_ members: [String: JSONValue], leads: Bool, by voter: String) throws(ServeError) {
        if let options = members["options"]?.texts {
            guard leads else { throw .notLeading }
            guard (2...Self.mostOptions).contains(options.count) else { throw .noVote }
            state.withLock { $0.vote = Vote(options: options, question: members["question"]?.text ?? "") }
        } else if members["close"]?.flag == true {
            guard leads else { throw .notLeading }
            state.withLock { $0.vote?.isOpen = false }
        } else if members["end"]?.flag == true {
            guard leads else { throw .notLeading }
            state.withLock { $0.vote = nil }
        } else {
            guard let choice = members["choice"]?.integer, !voter.isEmpty else { throw .noVote }
            let isTaken = state.withLock { state -> Bool in
                guard let vote = state.vote, vote.isOpen, vote.options.indices.contains(choice),
                    vote.choices[voter] != nil || vote.choices.count < Self.mostVoters
                else { return false }
                state.vote?.choices[voter] = choice
                return true
            }
            guard isTaken else { throw .noVote }
        }
        sayVote()
    }

    private func sayVote() {
        let (listeners, vote) = state.withLock { state in (Array(state.listeners.values), state.vote) }
        for each in listeners {
            each.send(News(name: "vote", line: vote?.line(tells: each.leads) ?? "null"))
        }
    }
}
