// swift-tools-version: 6.0

import PackageDescription

let package = Package(
    name: "Alliance",
    platforms: [.macOS(.v13)],
    dependencies: [.package(path: "../../../bindings/mobile/swift")],
    targets: [
        .executableTarget(name: "Alliance", dependencies: [.product(name: "Servanda", package: "swift")], path: ".")
    ],
    swiftLanguageModes: [.v6]
)
