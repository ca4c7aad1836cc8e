import Foundation
import Reading
import Wording

extension SystemReason {
    /// Why Foundation refused a file: the system's own reason under its error, which speaks English only.
    public static func of(_ error: any Error) -> Phrase {
        let error = error as NSError
        if error.domain == NSPOSIXErrorDomain { return of(Int32(truncatingIfNeeded: error.code)) }
        if let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError { return of(cause) }
        switch CocoaError.Code(rawValue: error.code) {
        case .fileNoSuchFile, .fileReadNoSuchFile: return Self.missing.phrase
        case .fileReadNoPermission, .fileWriteNoPermission: return Self.denied.phrase
        case .fileWriteOutOfSpace: return Self.full.phrase
        case .fileWriteVolumeReadOnly: return Self.readOnly.phrase
        case .fileWriteFileExists: return Self.notEmpty.phrase
        case .fileReadTooLarge: return Self.tooLarge.phrase
        default: return Phrase(en: "system error \(error.code)", zh: "系统错误 \(error.code)")
        }
    }
}
