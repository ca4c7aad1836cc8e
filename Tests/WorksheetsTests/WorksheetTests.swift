import Drawing
import Rendering
import Testing
import Tracing
import Wording

@testable import Worksheets

/// Sheets to fill in by hand: their numbers are short and right, come from their trace, and stand on the page.
@Suite(.serialized) struct WorksheetTests {
    private static let sheets = WorksheetKind.allCases.flatMap { kind in (1...5).map { (kind, UInt64($0)) } }

    @Test(arguments: sheets)
    func everyNumberIsShortAndFromTheTrace(_ kind: WorksheetKind, _ seed: UInt64) throws {
        let sheet = try kind.sheet(seed: seed)
        #expect(sheet.trace.verified().failures.isEmpty)
        let again = try kind.sheet(seed: seed).trace
        for grid in sheet.grids {
            for (numbers, values) in zip(grid.numbers, grid.values) {
                for (number, value) in zip(numbers, values) {
                    #expect(SheetNumber.isShort(value, decimals: 2), "\(grid.name): \(value)")
                    #expect(abs(value) < 100, "\(grid.name): \(value)")
                    #expect(try number.value(in: again) == value)
                }
            }
        }
        #expect(sheet.grids.reduce(0) { $0 + $1.blanks } >= 15)
        _ = try sheet.example.value(in: sheet.trace)
        #expect(try kind.sheet(seed: seed + 100).grids.map(\.values) != sheet.grids.map(\.values))
    }

    /// Worked, begun, blank: no row of a table has fewer blanks than the one above it.
    @Test(arguments: sheets)
    func theWorkedFades(_ kind: WorksheetKind, _ seed: UInt64) throws {
        for grid in try kind.sheet(seed: seed).grids {
            let blanks = grid.isBlank.map { $0.count { $0 } }
            #expect(zip(blanks, blanks.dropFirst()).allSatisfy { $0 <= $1 }, "\(grid.name)")
        }
    }

    // MARK: Computed here as a hand would

    private static func tables(_ kind: WorksheetKind, _ seed: UInt64) throws -> [String: [[Double]]] {
        Dictionary(try kind.sheet(seed: seed).grids.map { ($0.name, $0.values) }) { first, _ in first }
    }

    private static func product(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] {
        left.map { row in
            (right.first ?? []).indices.map { column in zip(row, right).reduce(0) { $0 + $1.0 * $1.1[column] } }
        }
    }

    private static func areClose(_ left: [[Double]], _ right: [[Double]]) -> Bool {
        left.map(\.count) == right.map(\.count) && zip(left.joined(), right.joined()).allSatisfy { abs($0 - $1) < 1e-5 }
    }

    @Test(arguments: 1...5)
    func attentionIsRight(_ seed: Int) throws {
        let table = try Self.tables(.attention, UInt64(seed))
        func of(_ name: String) throws -> [[Double]] { try #require(table[name]) }
        for name in ["Q", "K", "V"] {
            #expect(Self.areClose(Self.product(try of("X"), try of("W_" + name)), try of(name)))
        }
        let keys = try of("K")
        let transposed = keys[0].indices.map { column in keys.map { $0[column] } }
        let products = Self.product(try of("Q"), transposed)
        #expect(Self.areClose(products, try of(#"Q K^\top"#)))
        let scores = products.map { $0.map { $0 / 2 } }
        #expect(Self.areClose(scores, try of("S")))
        #expect(scores.joined().allSatisfy { $0 == $0.rounded() })
        let powers = scores.map { $0.map { Double(1 << Int($0)) } }
        #expect(Self.areClose(powers, try of("2^S")))
        #expect(Self.areClose(powers.map { [$0.reduce(0, +)] }, try of(#"\sum"#)))
        let pattern = powers.map { row in row.map { $0 / row.reduce(0, +) } }
        #expect(Self.areClose(pattern, try of("P")))
        #expect(Self.areClose(Self.product(pattern, try of("V")), try of("Z")))
    }

    @Test(arguments: 1...5)
    func thePerceptronIsRight(_ seed: Int) throws {
        let table = try Self.tables(.perceptron, UInt64(seed))
        func of(_ name: String) throws -> [[Double]] { try #require(table[name]) }
        let (x, weights, limits, targets) = (try of("x"), try of("w"), try of("θ"), try of("t"))
        for row in x.indices {
            let sum = zip(x[row], weights[row]).reduce(0) { $0 + $1.0 * $1.1 }
            let error = targets[row][0] - (sum > limits[row][0] ? 1 : 0)
            #expect(try of("s")[row] == [sum])
            #expect(try of("y")[row] == [sum > limits[row][0] ? 1 : 0])
            #expect(try of(#"t\,-\,y"#)[row] == [error])
            #expect(weights[row + 1] == zip(weights[row], x[row]).map { $0 + error * $1 })
            #expect(limits[row + 1] == [limits[row][0] - error])
        }
    }

    @Test(arguments: 1...5)
    func theUpdateIsRightAndHelps(_ seed: Int) throws {
        let table = try Self.tables(.update, UInt64(seed))
        func column(_ name: String) throws -> [Double] { try #require(table[name]).map { $0[0] } }
        func one(_ name: String) throws -> Double { try #require(try column(name).first) }
        let (x, y) = (try column("x"), try column("y"))
        let errors = zip(x, y).map { point in ((try? one("w")) ?? .nan) * point.0 + ((try? one("b")) ?? .nan) - point.1
        }
        #expect(try column("e") == errors)
        #expect(try one("L") == errors.reduce(0) { $0 + $1 * $1 } / 4)
        let slope = zip(x, errors).reduce(0) { $0 + $1.0 * $1.1 } / 2
        #expect(try one(#"\partial L / \partial w"#) == slope)
        #expect(try one(#"\partial L / \partial b"#) == errors.reduce(0, +) / 2)
        #expect(try one(#"w^\prime"#) == (try one("w")) - slope / 4)
        #expect(try one(#"b^\prime"#) == (try one("b")) - errors.reduce(0, +) / 8)
        #expect(try one(#"L^\prime"#) <= (try one("L")) / 2)
    }

    // MARK: Pages

    @Test(arguments: WorksheetKind.allCases, Language.allCases)
    func pagesHoldTheirContentAndAnswersStandInTheBlanks(_ kind: WorksheetKind, _ language: Language) throws {
        let sheet = try kind.sheet(seed: 3)
        let document = SheetPages(sheet, language: language).document
        #expect(document.pages.count == 3)
        for (number, page) in document.pages.enumerated() {
            for piece in page.pieces {
                let ink = piece.zoom(try #require(piece.items.ink))
                #expect(ink.minX >= SheetPages.margin - 4 && ink.maxX <= SheetPages.size.width - SheetPages.margin + 4)
                #expect(ink.minY >= 24 && ink.maxY <= SheetPages.size.height - 24, "page \(number): \(ink)")
            }
        }
        // The page of answers has everything that the first has, where it has it, and the blanks' numbers besides.
        func places(_ page: Int) -> Set<[String]> {
            Set(document.pages[page].pieces.flatMap { $0.items.words.map { [$0.0, "\($0.1.x) \($0.1.y)"] } })
        }
        let blanks = sheet.grids.reduce(0) { $0 + $1.blanks }
        #expect(places(1).subtracting(places(0)).count >= blanks)
        #expect(try document.bytes() == SheetPages(sheet, language: language).document.bytes())
    }
}

extension [Item] {
    fileprivate var words: [(String, Point)] {
        flatMap { item -> [(String, Point)] in
            switch item.content {
            case .text(let line): [(line.string, line.origin)]
            case .group(let items), .link(_, let items): items.words
            case .path, .image: []
            }
        }
    }
}
