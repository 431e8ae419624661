#include "client/app/bench/scripted_reader.h"

#include <algorithm>
#include <variant>

#include "client/app/bench/stopwatch.h"
#include "imgui_internal.h"

namespace daftar::app {
namespace {

// A page has its final place in its third frame.
constexpr int kFramesToSettle = 3;
constexpr int kUp = 0, kDown = 1, kLeftControl = 341;  // as GLFW counts them

}  // namespace

Status ScriptedReader::Turn(int64_t until_ns) {
  const int64_t left = std::max<int64_t>(until_ns - NowNs(), 0);
  return loop_.Turn(desk_, background_, static_cast<double>(left) / 1e9);
}

StatusOr<bool> ScriptedReader::TurnUntil(const std::function<bool()>& holds) {
  const int64_t last = NowNs() + kMostWaitNs;
  while (!holds() && NowNs() < last) DAFTAR_RETURN_IF_ERROR(Turn(last));
  return holds();
}

Status ScriptedReader::Open(const std::string& address) {
  desk_.Open(address);
  DAFTAR_ASSIGN_OR_RETURN(const bool there, TurnUntil([this] { return desk_.settled(); }));
  if (!there) return Unavailable(address + " has not been read in time");
  const Trouble* trouble = std::get_if<Trouble>(&screen().content);
  if (trouble != nullptr) return Unavailable(address + ": " + trouble->words);
  for (int i = 0; i < kFramesToSettle; ++i) DAFTAR_RETURN_IF_ERROR(Move(Middle()));
  return OkStatus();
}

Status ScriptedReader::Move(const ui::MouseState& mouse) {
  window_.Pretend(mouse);
  return Turn(0);
}

ui::MouseState ScriptedReader::Middle() const {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  return {.x = size.x * 0.55f, .y = size.y * 0.55f};
}

void ScriptedReader::Press(int key, bool control) {
  const auto move = [this](int which, int action) { window_.Pretend(ui::KeyEvent{.key = which, .action = action}); };
  if (control) move(kLeftControl, kDown);
  move(key, kDown);
  move(key, kUp);
  if (control) move(kLeftControl, kUp);
}

void ScriptedReader::Type(std::string_view character) {
  unsigned code = 0;
  ImTextCharFromUtf8(&code, character.data(), character.data() + character.size());
  window_.Pretend(ui::KeyEvent{.character = code});
}

}  // namespace daftar::app
