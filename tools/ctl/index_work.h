// The replica's text index, brought up to date by the commands that can wait for it.
#pragma once

#include <functional>
#include <string_view>

#include "tools/ctl/context.h"

namespace daftar::ctl {

// Indexes all that is behind and joins what should be joined; shows on a terminal how far it is. Cancelled once
// `go_on`, asked between pieces, says no: what is done is kept, and the next command goes on from it.
Status CatchUpIndex(const Context& context, Workstation& station, const std::function<bool()>& go_on);
// The same, stopped by Ctrl-C.
Status CatchUpIndex(const Context& context, Workstation& station);

}  // namespace daftar::ctl
