import Dispatch
import Drawing
import Foundation
import Synchronization
import Testing

@testable import Rendering

@Suite("Memory of pictures") struct MemoryTests {
    @Test("as many pictures at once as fit, a larger one alone", arguments: [(30, 3), (60, 1), (1000, 1), (0, 16)])
    func theBudgetHolds(_ wanted: Int, _ most: Int) {
        let budget = PixelBudget(bytes: 100)
        let state = Mutex((now: 0, peak: 0))
        DispatchQueue.concurrentPerform(iterations: 16) { _ in
            budget.holding(wanted) {
                state.withLock { state in
                    state.now += 1
                    state.peak = max(state.peak, state.now)
                }
                usleep(2000)
                state.withLock { $0.now -= 1 }
            }
        }
        let (now, peak) = state.withLock { $0 }
        #expect(now == 0 && peak >= 1 && peak <= most)
    }

    @Test("what fails gives its memory back") func failuresReturnTheirShare() {
        struct Refusal: Error {}
        let budget = PixelBudget(bytes: 10)
        for _ in 0..<3 { #expect(throws: Refusal.self) { try budget.holding(10) { throw Refusal() } } }
    }

    @Test("row by row, zlib writes the same", arguments: [1, 3, 700, 5000])
    func piecesAreCompressedAlike(_ length: Int) throws {
        var seed: UInt32 = 7
        let bytes = (0..<200_000).map { place -> UInt8 in
            seed = seed &* 1_664_525 &+ 1_013_904_223
            return place % 900 < 700 ? 255 : UInt8(seed >> 28)
        }
        let stream = try DeflateStream(level: 3)
        for start in stride(from: 0, to: bytes.count, by: length) {
            try stream.append(Array(bytes[start..<min(bytes.count, start + length)]))
        }
        #expect(try stream.finish() == Deflate.compressed(bytes, level: 3))
    }

    @Test(arguments: [
        (Size(10_000, 10_000), 1.0, 10_000), (Size(1600, 900), 6.25, 10_000), (Size(16_384, 6000), 1.0, 16_384),
        (Size(1, 1), 0.1, 1),
    ])
    func largePicturesArePainted(_ size: Size, _ scale: Double, _ width: Int) throws {
        #expect(try Renderer.pixels(size, scale: scale).width == width)
    }

    @Test(arguments: [
        (Size(10_001, 10_000), 1.0), (Size(1600, 900), 10.0), (Size(16_385, 10), 1.0), (Size(.infinity, 2), 1.0),
    ])
    func largerOnesAreRefused(_ size: Size, _ scale: Double) {
        #expect(throws: RenderingError.self) { try Renderer.pixels(size, scale: scale) }
    }
}
