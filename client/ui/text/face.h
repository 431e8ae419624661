// The faces of the screen.
#pragma once

namespace daftar::ui {

enum class Face { kBody, kBold, kSmall, kHeading, kTitle, kMono };
inline constexpr int kFaces = 6;

}  // namespace daftar::ui
