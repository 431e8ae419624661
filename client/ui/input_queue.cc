#include "client/ui/input_queue.h"

#include <set>

namespace daftar::ui {
namespace {

constexpr int kRelease = 0;  // GLFW_RELEASE

}  // namespace

std::vector<KeyEvent> InputQueue::TakeFrame() {
  std::vector<KeyEvent> frame;
  std::set<int> moved;
  bool pressed = false;
  while (!waiting_.empty()) {
    const KeyEvent& next = waiting_.front();
    if (next.character == 0) {
      // A modifier let go after the press is still down in the frame of the press.
      bool release = next.action == kRelease;
      if ((release && pressed) || !moved.insert(next.key).second) break;
      pressed = pressed || !release;
    }
    frame.push_back(next);
    waiting_.pop_front();
  }
  return frame;
}

}  // namespace daftar::ui
