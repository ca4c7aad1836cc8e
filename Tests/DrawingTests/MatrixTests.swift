import Testing
import Wording

@testable import Drawing

@Suite struct MatrixTests {
    private let small = Matrix([[0.5, -1], [2, -.infinity]]).named("Q", .query).rows(["我", "爱"])
        .tagged("blocks.0.attn.q") { [0, $0, $1] }

    @Test func golden() {
        let masked = small.state { $0 == 1 && $1 == 1 ? .masked : .plain }
        #expect(
            summary(placed(masked, space(Density(cell: Size(50, 40), gap: 20, label: .small))).items) == [
                "text 𝑄 26 #1D4FB8 26,23", "text 2 × 2 14 #5B6676 94,23", "text 我 14 #0F172A 0,63",
                "text 爱 14 #0F172A 0,105", "path 28,38 50×40 fill #C6D7F0 @blocks.0.attn.q[0, 0, 0]",
                "text 0.50 14 #0F172A 36,63 @blocks.0.attn.q[0, 0, 0]",
                "path 80,38 50×40 fill #E6AC90 @blocks.0.attn.q[0, 0, 1]",
                "text −1.00 14 #0F172A 84,63 @blocks.0.attn.q[0, 0, 1]",
                "path 28,80 50×40 fill #1D5FB8 @blocks.0.attn.q[0, 1, 0]",
                "text 2.00 14 #FFFFFF 36,105 @blocks.0.attn.q[0, 1, 0]",
                "path 80,80 50×40 fill #F1F4F8 @blocks.0.attn.q[0, 1, 1]",
                "text −∞ 14 #5B6676 97,105 @blocks.0.attn.q[0, 1, 1]",
                "path 24,34 110×90 stroke #1D4FB8 2.0 @blocks.0.attn.q[]",
            ])
    }

    @Test("what is not finite is marked apart from what is masked") func oddNumbersAreMarked() {
        let theme = Theme.light
        let matrix = Matrix([[.nan, .infinity], [-.infinity, 1]])
        for size in [Size(50, 40), Size(12, 12)] {
            let items = placed(matrix, space(Density(cell: size, gap: 20, label: .small))).items
            let frames = items.filter { item in
                guard case .path(_, _, let stroke?) = item.content else { return false }
                return stroke.color == OddNumber.color(theme)
            }
            #expect(frames.count >= 3, "\(size)")
            let words = strings(items)
            #expect(size.width < 40 || ["NaN", "∞", "−∞"].allSatisfy { words.contains($0) })
        }
    }

    @Test func hotSpotsTellTheExactValue() {
        let spots = placed(small).hotSpots
        #expect(spots.count == 4)
        #expect(spots[0].value == "0.5")
        #expect(spots[0].words == "Q [我, 0]")
        #expect(spots[3].tag == Tag(step: "blocks.0.attn.q", index: [0, 1, 1]))
        #expect(spots[3].value == "-inf")
    }

    @Test func theMiddleIsElidedAndCounted() {
        let slots = Elision(60, most: 7).slots
        #expect(slots == [0, 1, 2, 3].map { .shown($0) } + [.gap(53)] + [57, 58, 59].map { .shown($0) })
        #expect(
            Elision(6, most: 24, showing: [1, 4]).slots == [.gap(1), .shown(1), .gap(2), .shown(4), .gap(1)])
        let words = strings(placed(Matrix(rows: 60, columns: 4) { Float($0 + $1) }.elided(rows: 6)).items)
        #expect(words.contains("⋯ 54 more ⋯"))
        #expect(words.contains("60 × 4"))
    }

    @Test func digitsOnlyWhereTheyFit() {
        let matrix = Matrix(rows: 3, columns: 3) { Float($0) - Float($1) / 3 }
        for density in Density.fine {
            let layout = MatrixLayout(matrix, space(density))
            #expect((layout.digitFont?.size ?? 14) >= 14)
            #expect((layout.digitFont != nil) == (density.cell.width >= 46), "\(density.cell)")
        }
    }

    @Test func manyCellsBecomeOnePicture() {
        let heat = Matrix(rows: 100, columns: 100) { Float($0 * $1) }.whole().named("A", .scores).tagged("pattern")
        let canvas = placed(heat, space(Density.fine[Density.fine.count - 1]))
        #expect(canvas.items.count < 12)
        #expect(canvas.hotSpots.count == 1)
    }

    @Test func emptyAndRaggedValuesDoNotTrap() {
        #expect(placed(Matrix([])).items.count < 4)
        #expect(Matrix([[1], [2, 3]])[0, 1].isNaN)
        #expect(Matrix([1, 2, 3], rows: 2, columns: 2).values.count == 4)
        _ = placed(Matrix([[.nan, .infinity]]))
    }

    @Test func matricesOfDifferentHeadersStandOnOneAxis() {
        let plain = Matrix([[1, 2], [3, 4]])
        let row = HStack {
            plain.anchored("plain")
            plain.named("Q", .query).columns(["a", "b"]).anchored("named")
        }
        let anchors = placed(row).anchors
        let axes = [("plain", plain), ("named", plain.named("Q", .query).columns(["a", "b"]))].map { name, matrix in
            (anchors[name]?.minY ?? 0) + matrix.extent(in: space()).axis
        }
        #expect(abs(axes[0] - axes[1]) < 0.01)
    }

    @Test func columnLabelsTurnWhereTheyDoNotFit() {
        let matrix = Matrix(rows: 1, columns: 2) { Float($0 + $1) }.columns(["attention", "is"]).cell(Size(50, 40))
        let lines = placed(matrix).items.compactMap { item -> TextLine? in
            if case .text(let line) = item.content, line.isUpward { line } else { nil }
        }
        #expect(lines.map(\.string) == ["attention", "is"])
    }
}
