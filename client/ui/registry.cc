#include "client/ui/registry.h"

#include <algorithm>

namespace daftar::ui {

const Widget* Registry::Find(Role role, std::string_view label) const {
  auto it = std::find_if(widgets_.begin(), widgets_.end(),
                         [&](const Widget& w) { return w.role == role && w.label == label; });
  return it == widgets_.end() ? nullptr : &*it;
}

const Widget* Registry::FindContaining(Role role, std::string_view text) const {
  auto it = std::find_if(widgets_.begin(), widgets_.end(),
                         [&](const Widget& w) { return w.role == role && w.label.find(text) != std::string::npos; });
  return it == widgets_.end() ? nullptr : &*it;
}

}  // namespace daftar::ui
