import Tensors
import TestSupport
import Testing

/// Memory is reused: no two living tensors may ever share a block.
@Suite struct StorageTests {
    /// Every length around the pool's size classes.
    @Test func everyLengthHoldsItsNumbers() throws {
        let lengths = Set((0...130) + [255, 256, 257, 319, 320, 321, 511, 512, 513, 640, 641, 4095, 4097, 70_001])
        let tensors = lengths.sorted().map { length in Tensor([length], repeating: Float(length)) }
        for tensor in tensors {
            #expect(tensor.scalars.allSatisfy { $0 == Float(tensor.count) })
        }
    }

    @Test func aBlockLargerThanASpanHoldsItsNumbers() {
        let tensor = Tensor([2_100_000], repeating: 7)
        #expect(tensor.sum() == 14_700_000)
    }

    /// Tasks that make, change and drop tensors at once: each must find its own numbers every time.
    @Test func concurrentTasksKeepTheirOwnNumbers() async {
        let failures = await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var random = RandomSource(seed: UInt64(task))
                    var held: [(tensor: Tensor, mark: Float)] = []
                    var failures = 0
                    for round in 0..<600 {
                        let mark = Float(task * 1000 + round)
                        held.append((Tensor([1 + random.integer(below: 90)], repeating: mark), mark))
                        let chosen = random.integer(below: held.count)
                        if held[chosen].tensor.scalars.contains(where: { $0 != held[chosen].mark }) { failures += 1 }
                        var changed = held[chosen].tensor
                        changed.mutate { $0.update(repeating: -1) }
                        if held[chosen].tensor.scalars.contains(where: { $0 != held[chosen].mark }) { failures += 1 }
                        if held.count > 20 { held.remove(at: chosen) }
                    }
                    return failures
                }
            }
            return await group.reduce(0, +)
        }
        #expect(failures == 0)
    }

    @Test func tensorsSharedAmongTasksDoNotChange() async {
        let shared = Tensor.test([500])
        let before = shared.scalars
        let changed = await withTaskGroup(of: Tensor.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var own = shared
                    own.mutate { for place in $0.indices { $0[place] = Float(task) } }
                    return own
                }
            }
            return await group.reduce(into: [Float]()) { $0.append($1[flat: 499]) }
        }
        #expect(shared.scalars == before)
        #expect(changed.sorted() == [0, 1, 2, 3, 4, 5, 6, 7])
    }
}
