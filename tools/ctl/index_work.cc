#include "tools/ctl/index_work.h"

#include <algorithm>

#include "storage/base/bytes.h"
#include "storage/view/tidier.h"
#include "tools/ctl/compacting_line.h"
#include "tools/ctl/interrupt.h"

namespace daftar::ctl {

Status CatchUpIndex(const Context& context, Workstation& station, const std::function<bool()>& go_on) {
  bool shown = false;
  uint64_t most = 0;
  const Status done = TidyAll(station.view(), context.clock, [&](uint64_t behind) {
    most = std::max(most, behind);
    if (context.progress && most > 0) {
      shown = true;
      context.talk << "\r\033[Kindexing: " << most - behind << " of " << most << " records" << std::flush;
    }
    return go_on();
  });
  if (shown) context.talk << "\r\033[K" << std::flush;
  if (done.code() != StatusCode::kCancelled) return done;
  return Cancelled("interrupted; what is indexed is kept, and the next search or sync goes on from it");
}

Status CatchUpIndex(const Context& context, Workstation& station) {
  const InterruptWatch interrupt([] {});
  return CatchUpIndex(context, station, [&interrupt] { return !interrupt.interrupted(); });
}

std::string CompactIfWorth(const Context& context, Workstation& station, const std::function<bool()>& go_on) {
  CompactingLine line(context);
  const StatusOr<Compacted> compacted = station.view().Compact(CompactWhen::kIfWorth, line.Progress(go_on));
  if (compacted.status().code() == StatusCode::kCancelled) return "";
  if (!compacted.ok()) return "the replica's file was not compacted: " + Message(compacted.status());
  if (!compacted->done) return "";
  return "the replica's file was compacted: " + HumanBytes(compacted->bytes_before) + " before, " +
         HumanBytes(compacted->bytes_after) + " from the next command on";
}

std::string CompactIfWorth(const Context& context, Workstation& station) {
  const InterruptWatch interrupt([] {});
  return CompactIfWorth(context, station, [&interrupt] { return !interrupt.interrupted(); });
}

}  // namespace daftar::ctl
