// The pages that are open beside each other, each with a history of its own. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "client/ui/history.h"

namespace daftar::ui {

// What is kept of them between runs: where each one is.
struct OpenTabs {
  std::vector<std::string> addresses;
  size_t current = 0;

  friend bool operator==(const OpenTabs&, const OpenTabs&) = default;
};

class Tabs {
 public:
  static constexpr size_t kMost = 30;
  struct Tab {
    History history;
    std::string title;  // of its page; empty: it has not been read
  };

  // Those beyond kMost are left out. REQUIRES: at least one address.
  explicit Tabs(const OpenTabs& open);

  const std::vector<Tab>& all() const { return tabs_; }
  size_t at() const { return at_; }
  Tab& current() { return tabs_[at_]; }
  const Tab& current() const { return tabs_[at_]; }
  OpenTabs open() const;

  // Opens one right behind the current one. False if there are kMost.
  bool Open(std::string address);
  // False if there is no such tab, or it is there already.
  bool Go(size_t tab);
  // Goes on to the next one, or back, and round.
  void Cycle(bool back) { at_ = (at_ + (back ? tabs_.size() - 1 : 1)) % tabs_.size(); }
  // The last one stays. False if nothing was closed.
  bool Close(size_t tab);
  // Of the tab that is there; it may have gone elsewhere since its address was asked for.
  void Retitle(size_t tab, const std::string& address, const std::string& title);
  // Brings back the one that was closed last, with its history, and goes there. False if there is none, or no room.
  bool Reopen();

 private:
  static constexpr size_t kMostClosed = 20;

  std::vector<Tab> tabs_;  // never empty
  size_t at_ = 0;
  std::vector<Tab> closed_;
};

}  // namespace daftar::ui
