#if hasFeature(Embedded)
    /// In a page nobody gives work up: what is asked there is answered.
    public enum Abandonment {
        public static var isAsked: Bool { false }
    }
#else
    /// Whether the work that this thread is at has been given up by who asked for it: a reader who closed the page. Long
    /// work looks from step to step, and ends with an error.
    public enum Abandonment {
        @TaskLocal private static var question: (@Sendable () -> Bool)?

        public static var isAsked: Bool { question?() ?? false }

        /// Does work that ends early where `isGivenUp` says so.
        public static func watched<Result>(
            by isGivenUp: @escaping @Sendable () -> Bool, _ work: () throws -> Result
        ) rethrows -> Result {
            try $question.withValue(isGivenUp) { try work() }
        }
    }
#endif
