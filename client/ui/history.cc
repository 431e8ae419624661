#include "client/ui/history.h"

#include <utility>

namespace daftar::ui {

void History::Go(std::string address) {
  if (address == current().address) return;
  stops_.resize(at_ + 1);
  stops_.push_back({std::move(address)});
  if (stops_.size() > kMostStops) stops_.erase(stops_.begin());
  at_ = stops_.size() - 1;
}

void History::Replace(std::string address) { stops_[at_] = {std::move(address)}; }

bool History::Back() {
  if (!can_go_back()) return false;
  --at_;
  return true;
}

bool History::Forward() {
  if (!can_go_forward()) return false;
  ++at_;
  return true;
}

}  // namespace daftar::ui
