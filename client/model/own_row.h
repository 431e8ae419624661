// A record of which the reader keeps something, as a row: for this folder alone.
#pragma once

#include <vector>

#include "client/model/names.h"
#include "client/model/row.h"
#include "client/sync/private_store.h"

namespace daftar {

// As the view has it; of one that is not here any longer, what it was last called, and words that say so.
// `label`: what it is called now, to be kept, if it is here.
ListRow OwnRow(const v1::PrivateRecord& record, Names& names, std::vector<RecordLabel>* labels = nullptr);

}  // namespace daftar
