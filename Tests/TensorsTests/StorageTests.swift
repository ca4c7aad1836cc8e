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

    /// What grows row by row shares its memory; whoever holds an earlier state sees that state.
    @Test(arguments: [1, 3, 16, 50]) func aTensorThatGrowsLeavesEarlierOnesAlone(width: Int) throws {
        var grown = [Tensor([1, width], repeating: 0)]
        for row in 1..<200 {
            let last = try #require(grown.last)
            let next = Tensor([1, width], repeating: Float(row))
            grown.append(try last.followed(by: next, as: [row + 1, width]))
            // A second one that goes on from the same state, and is changed.
            var other = try last.followed(by: next, as: [row + 1, width])
            other.mutate { $0.update(repeating: -1) }
        }
        let copies = Set(grown.map(\.pointer)).count
        #expect(copies < 60, "\(copies) copies of \(grown.count)")
        for (rows, tensor) in grown.enumerated() {
            #expect(tensor.scalars == (0...rows).flatMap { [Float](repeating: Float($0), count: width) })
        }
        var changed = try #require(grown.last)
        grown[199] = grown[198]
        changed.mutate { $0.update(repeating: 5) }
        #expect(grown[198][flat: 0] == 0)
        let part = try grown[198].entries(10..<20)
        let behind = try part.followed(by: Tensor([1, width], repeating: 7), as: [11, width])
        #expect(try behind.entry(10).scalars.allSatisfy { $0 == 7 } && grown[198].entry(20).scalars[0] == 20)
        expectFailure(TensorError.self) { try part.followed(by: part, as: [21, width]) }
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
