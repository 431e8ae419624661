// Where the reader has been: back, forward, and how far each page was scrolled. One thread.
#pragma once

#include <string>
#include <vector>

namespace daftar::ui {

class History {
 public:
  struct Stop {
    std::string address;
    float scroll = 0;  // pixels from the top
  };

  explicit History(std::string first) : stops_{{std::move(first)}} {}

  const Stop& current() const { return stops_[at_]; }
  bool can_go_back() const { return at_ > 0; }
  bool can_go_forward() const { return at_ + 1 < stops_.size(); }

  // Goes to a new address; what was ahead is forgotten. Going where one already is changes nothing.
  void Go(std::string address);
  // The current stop has become another address: a search that is still being typed.
  void Replace(std::string address);
  // False if there is nothing there.
  bool Back();
  bool Forward();
  // Remembers how far the current page is scrolled.
  void KeepScroll(float scroll) { stops_[at_].scroll = scroll; }

  static constexpr size_t kMostStops = 500;

 private:
  std::vector<Stop> stops_;  // never empty
  size_t at_ = 0;
};

}  // namespace daftar::ui
