#include "client/ui/tabs.h"

#include <algorithm>
#include <utility>

#include "storage/base/status.h"

namespace daftar::ui {

Tabs::Tabs(const OpenTabs& open) {
  DAFTAR_CHECK(!open.addresses.empty());
  for (const std::string& address : open.addresses) {
    if (tabs_.size() < kMost) tabs_.push_back({History(address), ""});
  }
  at_ = std::min(open.current, tabs_.size() - 1);
}

OpenTabs Tabs::open() const {
  OpenTabs open{{}, at_};
  for (const Tab& tab : tabs_) open.addresses.push_back(tab.history.current().address);
  return open;
}

bool Tabs::Open(std::string address) {
  if (tabs_.size() >= kMost) return false;
  tabs_.insert(tabs_.begin() + static_cast<ptrdiff_t>(at_) + 1, {History(std::move(address)), ""});
  return true;
}

bool Tabs::Go(size_t tab) {
  if (tab >= tabs_.size() || tab == at_) return false;
  at_ = tab;
  return true;
}

bool Tabs::Close(size_t tab) {
  if (tab >= tabs_.size() || tabs_.size() == 1) return false;
  const auto closed = tabs_.begin() + static_cast<ptrdiff_t>(tab);
  closed_.push_back(std::move(*closed));
  if (closed_.size() > kMostClosed) closed_.erase(closed_.begin());
  tabs_.erase(closed);
  if (at_ > tab || at_ == tabs_.size()) --at_;
  return true;
}

void Tabs::Retitle(size_t tab, const std::string& address, const std::string& title) {
  if (tab < tabs_.size() && tabs_[tab].history.current().address == address) tabs_[tab].title = title;
}

bool Tabs::Reopen() {
  if (closed_.empty() || tabs_.size() >= kMost) return false;
  tabs_.insert(tabs_.begin() + static_cast<ptrdiff_t>(at_) + 1, std::move(closed_.back()));
  closed_.pop_back();
  ++at_;
  return true;
}

}  // namespace daftar::ui
