// Typing in the search box: whether each key is on the screen in the next frame, and how long what is found takes.
#pragma once

#include <string>
#include <vector>

#include "client/app/bench/report.h"
#include "client/app/bench/scripted_reader.h"
#include "storage/base/status.h"

namespace daftar::app {

struct TypingOptions {
  size_t queries = 60;
};

// Types the names letter by letter, at the speed of a quick typist, and waits for nothing. The time of a key begins
// when it is due, though the loop may be busy then, and ends when a frame is shown that holds what was found for it or
// for what was typed after it.
Status MeasureTyping(ScriptedReader& reader, const TypingOptions& options, Report& report);

}  // namespace daftar::app
