// A passage that is being read into an account, as it stands on the screen: see form_passage.cc.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "client/forms/candidates.h"
#include "client/forms/form.h"
#include "client/ui/text_box.h"

namespace daftar::ui {

struct PassageScreen {
  TextBoxState box;
  bool changing = false;  // it is being typed; else its words are marked
  bool focus = false;     // the next frame puts the keyboard into it and clears this
  std::vector<forms::Candidate> candidates;
  std::optional<size_t> candidate;  // the one that is selected
  forms::Node last = 0;             // the field that took the words marked last
  forms::Node asking = 0;           // a field of which the value is chosen by a key; 0: none
  bool too_long = false;            // more was to be marked than is kept
};

}  // namespace daftar::ui
