import Drawing
import Testing

@Suite struct ThemeTests {
    @Test(arguments: Theme.Mode.allCases) func textIsReadable(_ mode: Theme.Mode) {
        let theme = Theme.named(mode)
        #expect(theme.ink.contrast(with: theme.paper) >= 7)
        #expect(theme.muted.contrast(with: theme.paper) >= 4.5)
        #expect(theme.muted.contrast(with: theme.panel) >= 4.5)
        for role in Role.allCases {
            #expect(theme.accent(role).contrast(with: theme.paper) >= 4.5, "\(role)")
        }
    }

    @Test(arguments: Theme.Mode.allCases) func digitsAreReadableOnEveryCell(_ mode: Theme.Mode) {
        let theme = Theme.named(mode)
        for step in -50...50 {
            let value = Double(step) / 50
            for ground in [theme.diverging(value), theme.sequential(abs(value))] {
                #expect(theme.contrastingInk(on: ground).contrast(with: ground) >= 4, "\(value)")
            }
        }
    }

    @Test(arguments: Theme.Mode.allCases) func mapsAreSmoothAndCentred(_ mode: Theme.Mode) {
        let theme = Theme.named(mode)
        #expect(theme.diverging(0).hex == theme.paper.hex)
        #expect(theme.sequential(0).hex == theme.paper.hex)
        #expect(theme.diverging(5).hex == theme.positive.hex)
        #expect(theme.diverging(-5).hex == theme.negative.hex)
        // Further from zero is always further from paper, in grey too, and no step is a jump.
        for sign in [-1.0, 1] {
            var last = 0.0
            for step in 1...100 {
                let color = theme.diverging(sign * Double(step) / 100)
                let distance = abs(color.lightness - theme.paper.lightness)
                #expect(distance > last - 0.3)
                #expect(distance - last < 3)
                last = distance
            }
        }
    }

    /// Roles that stand in one figure, told apart by people who see no difference between red and green.
    @Test(arguments: Theme.Mode.allCases) func rolesDiffer(_ mode: Theme.Mode) {
        let theme = Theme.named(mode)
        let groups: [[Role]] = [
            [.query, .key, .value, .scores, .attentionOutput, .probability],
            [.token, .embedding, .position, .residual], [.residual, .feedForward, .attentionOutput, .gradient],
        ]
        for group in groups {
            for (index, first) in group.enumerated() {
                for second in group[(index + 1)...] {
                    let (a, b) = (theme.accent(first), theme.accent(second))
                    #expect(distance(a, b) > 0.09, "\(first) \(second)")
                    #expect(distance(deuteranopic(a), deuteranopic(b)) > 0.05, "\(first) \(second) without green")
                }
            }
        }
        // The three that stand side by side most differ on a grey print as well.
        let greys = [Role.query, .key, .value].map { theme.accent($0).lightness }.sorted()
        #expect(greys[1] - greys[0] > 3 && greys[2] - greys[1] > 3, "\(greys)")
    }

    /// Distance in sRGB's linear light, compressed to perceived steps.
    private func distance(_ first: Color, _ second: Color) -> Double {
        let steps = zip(components(first), components(second)).map { ($0 - $1) * ($0 - $1) }
        return steps.reduce(0, +).squareRoot()
    }

    private func components(_ color: Color) -> [Double] { [color.red, color.green, color.blue] }

    /// What is left without green cones (Viénot, Brettel and Mollon 1999).
    private func deuteranopic(_ color: Color) -> Color {
        let red = 0.29275 * color.red + 0.70725 * color.green
        let blue = -0.02234 * color.red + 0.02234 * color.green + color.blue
        return Color(red: red, green: red, blue: max(0, min(1, blue)))
    }

    @Test func colorsMixAndWrite() {
        #expect(Color(0x1D4FB8).hex == "#1D4FB8")
        #expect(Color.black.contrast(with: .white) == 21)
        #expect(Color.black.mixed(with: .white, 0).hex == "#000000")
        #expect(Color.black.mixed(with: .white, 1).hex == "#FFFFFF")
        #expect(abs(Color(0x777777).lightness - 50) < 1)
        #expect(Color(red: .nan, green: 2, blue: -1).hex == "#00FF00")
    }
}
