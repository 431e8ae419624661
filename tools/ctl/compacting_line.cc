#include "tools/ctl/compacting_line.h"

#include <utility>

namespace daftar::ctl {

CompactingLine::~CompactingLine() {
  if (shown_) context_.talk << "\r\033[K" << std::flush;
}

daftar::Progress CompactingLine::Progress(std::function<bool()> go_on) {
  return [this, go_on = std::move(go_on)](uint64_t done, uint64_t total) {
    if (context_.progress) {
      shown_ = true;
      context_.talk << "\r\033[Kcompacting: " << done << " of " << total << " rows" << std::flush;
    }
    return go_on();
  };
}

}  // namespace daftar::ctl
