import Dispatch
import Foundation
import Synchronization

/// Takes a half-written folder away when the command is interrupted from the keyboard or told to end.
enum Interruption {
    private static let folder = Mutex<String?>(nil)
    private static let sources = Mutex<[any DispatchSourceSignal]>([])
    /// Its own: the shared queues' threads may all be drawing.
    private static let queue = DispatchQueue(label: "interruption", qos: .userInteractive)

    /// From now on, an interruption removes this folder before the command ends.
    static func clean(_ path: String) {
        folder.withLock { $0 = path }
        sources.withLock { sources in
            guard sources.isEmpty else { return }
            for number in [SIGINT, SIGTERM, SIGHUP] {
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
                source.setEventHandler {
                    if let path = folder.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
                    _exit(128 + number)
                }
                source.activate()
                sources.append(source)
            }
        }
    }

    /// The folder is whole, or gone: nothing is left to take away.
    static func keep() { folder.withLock { $0 = nil } }
}
