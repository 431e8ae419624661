// What the child of a probe does: opens the file by itself and reports each step, in lines, as soon as it knows.
// Private to this folder.
//
// Lines, fields divided by tabs:
//   cannot WORDS | missing WORDS | truncated WORDS | inside WORDS     the file as a whole; the first three end the scan
//   uncounted                                                       there are no row counts to compare with
//   table NAME                                                      reading this one begins
//   sound|rows|inside NAME ROWS BYTES WORDS                          and ends: how the table is
//   end                                                            everything was read
#pragma once

#include <string>
#include <vector>

namespace daftar::lmdb {

// Writes the lines to the descriptor. An empty list of tables stands for all that the file holds.
void ScanFile(const std::string& folder, const std::vector<std::string>& tables, bool deep, int pipe);

}  // namespace daftar::lmdb
