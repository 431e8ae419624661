// Whatever is pressed, typed, dragged and resized, in whatever order: the window goes on. A run is its seed:
// DAFTAR_MONKEY_SEED=42 runs that one, DAFTAR_MONKEY_FRAMES=100000 so many frames of each.
#include <gtest/gtest.h>

#include <cstdlib>

#include "client/ui/keys.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

namespace keys = ui::keys;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

constexpr int kKeys[] = {keys::kMinus, keys::kZero,   keys::kEqual, keys::kK,   keys::kL,         keys::kN,
                         keys::kSpace, keys::kEscape, keys::kEnter, keys::kTab, keys::kBackspace, keys::kDelete,
                         keys::kRight, keys::kLeft,   keys::kDown,  keys::kUp,  keys::kHome,      keys::kEnd,
                         keys::kF1,    keys::kF5,     keys::kF6,    keys::kF8,  keys::kF9};
constexpr const char* kTyped[] = {"a", "dar", "ҷ",    "ӣ", "ب", "ښ",      "طالبان",      "(",
                                  ":", "\"",  "2023", " ", "-", "\u200C", "kind:actor ", "%s##x"};

class Monkey {
 public:
  explicit Monkey(uint64_t seed) : random_(seed) {}

  // One frame's mischief.
  void Act(ImGuiIO& io) {
    Release(io);
    switch (Below(12)) {
      case 0:
      case 1:
      case 2:
        io.MousePos = {static_cast<float>(Below(static_cast<uint64_t>(io.DisplaySize.x) + 40)) - 20,
                       static_cast<float>(Below(static_cast<uint64_t>(io.DisplaySize.y) + 40)) - 20};
        break;
      case 3:
      case 4:
        io.MouseDown[Below(8) == 0 ? Below(5) : 0] ^= true;
        break;
      case 5:
        io.MouseWheel = static_cast<float>(Below(21)) - 10;
        break;
      case 6:
        io.AddInputCharactersUTF8(kTyped[Below(std::size(kTyped))]);
        break;
      case 7:
        if (Below(20) == 0)
          io.DisplaySize = {static_cast<float>(200 + Below(2400)), static_cast<float>(100 + Below(1500))};
        break;
      default:
        pressed_ = kKeys[Below(std::size(kKeys))];
        io.KeyCtrl = Below(6) == 0;
        io.KeyAlt = Below(12) == 0;
        io.KeyShift = Below(4) == 0;
        io.KeysDown[pressed_] = true;
    }
  }

 private:
  uint64_t Below(uint64_t limit) { return random_.Next() % limit; }
  void Release(ImGuiIO& io) {
    if (pressed_ >= 0) io.KeysDown[pressed_] = false;
    pressed_ = -1;
    io.KeyCtrl = io.KeyAlt = io.KeyShift = false;
    io.MouseWheel = 0;
  }

  SeededRandom random_;
  int pressed_ = -1;
};

TEST(MonkeyTest, TheWindowGoesOnWhateverIsPressed) {
  const uint64_t only = FromEnvironment("DAFTAR_MONKEY_SEED", 0),
                 frames = FromEnvironment("DAFTAR_MONKEY_FRAMES", 1500);
  for (uint64_t seed = only != 0 ? only : 1; seed <= (only != 0 ? only : 4); ++seed) {
    SCOPED_TRACE("DAFTAR_MONKEY_SEED=" + std::to_string(seed));
    Stage stage;
    Monkey monkey(seed);
    for (uint64_t i = 0; i < frames; ++i) {
      monkey.Act(ImGui::GetIO());
      stage.Frame();
      ASSERT_FALSE(stage.widgets().empty()) << "frame " << i;
    }
  }
}

}  // namespace
}  // namespace daftar
