// The replica's text index, brought up to date, and its file, compacted, by the commands that can wait for it.
#pragma once

#include <functional>
#include <string>

#include "tools/ctl/context.h"

namespace daftar::ctl {

// Indexes all that is behind and joins what should be joined; shows on a terminal how far it is. Cancelled once
// `go_on`, asked between pieces, says no: what is done is kept, and the next command goes on from it.
Status CatchUpIndex(const Context& context, Workstation& station, const std::function<bool()>& go_on);
// The same, stopped by Ctrl-C.
Status CatchUpIndex(const Context& context, Workstation& station);

// At the end of a command that may have left many free pages: writes the replica's file anew if that is worth it; the
// next command has the small file. What is to be told of it, empty if nothing was done: a file that stays large is no
// failure of the command.
std::string CompactIfWorth(const Context& context, Workstation& station, const std::function<bool()>& go_on);
std::string CompactIfWorth(const Context& context, Workstation& station);

}  // namespace daftar::ctl
