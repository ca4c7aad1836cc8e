/// The commands of the notation: which sign each stands for.
enum MathSymbols {
    static let letters: [String: String] = [
        "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ",
        "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
        "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
        "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ",
        "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
    ]

    static let functions: Set<String> = [
        "softmax", "log", "ln", "exp", "max", "min", "sin", "cos", "tanh", "argmax", "sign", "ReLU", "GELU",
        "LayerNorm", "Attention", "MultiHead", "FFN", "Concat", "head", "mean", "var", "std", "PE", "BLEU", "PPL",
    ]

    static let signs: [String: (String, MathNode.Kind)] = [
        "times": ("×", .binary), "cdot": ("·", .binary), "div": ("÷", .binary), "pm": ("±", .binary),
        "odot": ("⊙", .binary), "oplus": ("⊕", .binary), "otimes": ("⊗", .binary), "circ": ("∘", .binary),
        "le": ("≤", .relation), "leq": ("≤", .relation), "ge": ("≥", .relation), "geq": ("≥", .relation),
        "ne": ("≠", .relation), "neq": ("≠", .relation), "approx": ("≈", .relation), "equiv": ("≡", .relation),
        "sim": ("∼", .relation), "to": ("→", .relation), "gets": ("←", .relation), "mapsto": ("↦", .relation),
        "in": ("∈", .relation), "propto": ("∝", .relation), "mid": ("∣", .relation), "ll": ("≪", .relation),
        "gg": ("≫", .relation), "Rightarrow": ("⇒", .relation), "infty": ("∞", .ordinary), "top": ("⊤", .ordinary),
        "partial": ("∂", .ordinary), "nabla": ("∇", .ordinary), "dots": ("…", .ordinary), "ldots": ("…", .ordinary),
        "cdots": ("⋯", .ordinary), "vdots": ("⋮", .ordinary), "ddots": ("⋱", .ordinary), "prime": ("′", .ordinary),
        "forall": ("∀", .ordinary), "exists": ("∃", .ordinary), "sum": ("∑", .large), "prod": ("∏", .large),
        "int": ("∫", .large), "langle": ("⟨", .opening), "rangle": ("⟩", .closing), "lVert": ("‖", .opening),
        "|": ("‖", .ordinary),
        "rVert": ("‖", .closing), "lvert": ("|", .opening), "rvert": ("|", .closing), "lfloor": ("⌊", .opening),
        "rfloor": ("⌋", .closing), "{": ("{", .opening), "}": ("}", .closing), "%": ("%", .ordinary),
        "#": ("#", .ordinary), "_": ("_", .ordinary), "&": ("&", .ordinary), "$": ("$", .ordinary),
    ]

    static let characters: [Character: (String, MathNode.Kind)] = [
        "+": ("+", .binary), "-": ("−", .binary), "−": ("−", .binary), "*": ("∗", .binary), "=": ("=", .relation),
        "<": ("<", .relation), ">": (">", .relation), ":": (":", .relation), ",": (",", .punctuation),
        ";": (";", .punctuation), "(": ("(", .opening), ")": (")", .closing), "[": ("[", .opening),
        "]": ("]", .closing), "|": ("|", .ordinary), "/": ("/", .ordinary), "!": ("!", .closing),
        "×": ("×", .binary), "·": ("·", .binary), "÷": ("÷", .binary), "→": ("→", .relation), "≈": ("≈", .relation),
        "≤": ("≤", .relation), "≥": ("≥", .relation), "≠": ("≠", .relation), "∞": ("∞", .ordinary),
        "∈": ("∈", .relation), "√": ("√", .ordinary), "⊤": ("⊤", .ordinary), "∂": ("∂", .ordinary),
        "%": ("%", .ordinary), ".": (".", .ordinary), "?": ("?", .closing), "…": ("…", .ordinary),
        "⋯": ("⋯", .ordinary), "∑": ("∑", .large),
    ]

    static let accents: [String: String] = ["hat": "^", "bar": "¯", "tilde": "~", "vec": "→", "dot": "˙"]

    /// Room, in ems.
    static let spaces: [String: Double] = [
        ",": 3 / 18.0, ":": 4 / 18.0, ";": 5 / 18.0, "!": -3 / 18.0, "quad": 1, "qquad": 2, " ": 4 / 18.0,
    ]

    /// A letter of the mathematical italic alphabet (Unicode, Mathematical Alphanumeric Symbols); others unchanged.
    static func italic(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let value = scalar.value
            let mapped: UInt32 =
                switch value {
                case 0x68: 0x210E  // h has its own place
                case 0x41...0x5A: 0x1D434 + value - 0x41
                case 0x61...0x7A: 0x1D44E + value - 0x61
                case 0x3B1...0x3C9: 0x1D6FC + value - 0x3B1
                case 0x3F5: 0x1D716
                case 0x3D5: 0x1D719
                default: value
                }
            result.unicodeScalars.append(Unicode.Scalar(mapped) ?? scalar)
        }
        return result
    }

    /// A letter of the mathematical bold alphabet; others unchanged.
    static func bold(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let value = scalar.value
            let mapped: UInt32 =
                switch value {
                case 0x41...0x5A: 0x1D400 + value - 0x41
                case 0x61...0x7A: 0x1D41A + value - 0x61
                case 0x30...0x39: 0x1D7CE + value - 0x30
                default: value
                }
            result.unicodeScalars.append(Unicode.Scalar(mapped) ?? scalar)
        }
        return result
    }
}
