#include "client/ui/input_queue.h"

#include <set>

namespace daftar::ui {

std::vector<KeyEvent> InputQueue::TakeFrame() {
  std::vector<KeyEvent> frame;
  std::set<int> moved;
  while (!waiting_.empty()) {
    const KeyEvent& next = waiting_.front();
    if (next.character == 0 && !moved.insert(next.key).second) break;
    frame.push_back(next);
    waiting_.pop_front();
  }
  return frame;
}

}  // namespace daftar::ui
