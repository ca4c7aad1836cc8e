import Synchronization
import Wording

/// How far long work is: a bar on a terminal, a plain line now and then elsewhere, nothing where `--quiet` asks so.
final class ProgressBar: Sendable {
    private struct State {
        var shown = ContinuousClock.Instant?.none
        var decile = 0
        var isOpen = false
    }

    private let title: String
    private let isQuiet: Bool
    private let isTerminal = StandardError.isTerminal
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    init(_ title: String, isQuiet: Bool) {
        self.title = title.shownInLine
        self.isQuiet = isQuiet
    }

    /// Safe to call from several threads.
    func update(_ done: Int, of total: Int, note: String = "") {
        guard !isQuiet, total > 0 else { return }
        let now = ContinuousClock.now
        state.withLock { state in
            if isTerminal {
                if let shown = state.shown, now - shown < .milliseconds(80), done < total { return }
                state.shown = now
                state.isOpen = true
                StandardError.put("\r\u{1B}[2K" + bar(done, total, note.shownInLine, elapsed: now - start))
                return
            }
            // Work that is done in a moment needs no words in a log.
            guard now - start > .seconds(2), 10 * done / total > state.decile else { return }
            state.decile = 10 * done / total
            StandardError.write("\(title) \(done)/\(total)" + (note.isEmpty ? "" : "  " + note) + "\n")
        }
    }

    /// A line of its own, above the bar.
    func line(_ text: String) {
        guard !isQuiet else { return }
        state.withLock { state in
            if state.isOpen { StandardError.put("\r\u{1B}[2K") }
            StandardError.write(text + "\n")
            state.isOpen = false
            state.shown = nil
        }
    }

    /// Takes the bar away.
    func finish() {
        state.withLock { state in
            if state.isOpen { StandardError.put("\r\u{1B}[2K") }
            state.isOpen = false
        }
    }

    private func bar(_ done: Int, _ total: Int, _ note: String, elapsed: Duration) -> String {
        let cells = 24
        let full = cells * done / total
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
        var text = "\(title) \(bar) \(done)/\(total)"
        if !note.isEmpty { text += "  " + note }
        if done > 0, done < total {
            let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
            text += "  " + ProgressText.left.text(["time": .init(clock(seconds / Double(done) * Double(total - done)))])
        }
        var width = 0
        return String(
            text.prefix { character in
                width += DisplayWidth.of(character)
                return width < Console.width
            })
    }

    /// `1:02:03`, `2:03`
    private func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e8).rounded())
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }
}
