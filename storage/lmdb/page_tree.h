// Checks how the pages of a data file hang together, without LMDB: damage here is what makes LMDB end the program, or
// write over what is in use, when the file is written to. Private to this folder.
//
// Walked from the newest meta page: every page must carry its own number and the kind that its place asks for, be
// reached once, and not be free as well; runs of pages for large values must be as long as the value. Rows themselves
// are left to CheckTable.
#pragma once

#include <string>

#include "storage/base/status.h"

namespace daftar::lmdb {

// DataLoss, naming the first page that is wrong. Bounded whatever the file holds. Nobody may write meanwhile, or a read
// transaction must be open that began before.
Status CheckPages(const std::string& data_file);

}  // namespace daftar::lmdb
