// What the last frame showed and where: every widget's role, label, value and rectangle. Tests find "Add an account" by
// its label and click it; a bridge to screen readers can read the same. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daftar::ui {

enum class Role { kButton, kLink, kField, kChoice, kRow, kTab, kHeading, kText, kMark };

struct Widget {
  Role role;
  std::string label;
  std::string value;  // of a field: what is typed; of a link: its address
  // Pixels, of the part that can be seen; equal when none of it can.
  float left = 0, top = 0, right = 0, bottom = 0;
  bool enabled = true;
  bool focused = false;
};

class Registry {
 public:
  // A frame begins: what follows replaces the last one.
  void Clear() { widgets_.clear(); }
  void Add(Widget widget) { widgets_.push_back(std::move(widget)); }

  const std::vector<Widget>& widgets() const { return widgets_; }
  // The first of its role with the label; nullptr if there is none.
  const Widget* Find(Role role, std::string_view label) const;
  // The first whose label contains the text.
  const Widget* FindContaining(Role role, std::string_view text) const;

 private:
  std::vector<Widget> widgets_;
};

}  // namespace daftar::ui
