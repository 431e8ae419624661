// The first frame of a client: what it has, and what it wants.
#pragma once

#include <memory>

#include "client/sync/workstation.h"
#include "daftar/v1/frames.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/view/scope.h"
#include "storage/view/wire_dictionary.h"

namespace daftar {

// What frames may be compressed with; null: nothing.
StatusOr<std::shared_ptr<const WireDictionary>> LoadDictionary(Workstation& station);

// The hello of this workstation as it is now, without what the session itself wants: watch, compare, the size of frames
// and what only is to be sent. `wanted`: the scope of the status. `dictionary` may be null. Changes nothing. Records to
// be repaired come before all else, so with them nothing counts as received: whoever sends the hello gives up what is
// staged.
StatusOr<v1::Hello> MakeHello(Workstation& station, const v1::SyncStatus& status, const Scope& wanted,
                              const WireDictionary* dictionary);

}  // namespace daftar
