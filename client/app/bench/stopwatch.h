// Time as a measurement needs it: nanoseconds of the wall and of the processor, and the program's memory. The rest of
// the program takes a Clock. Any thread.
#pragma once

#include <cstdint>

#include "storage/base/status.h"

namespace daftar::app {

// Of a clock that never goes back and is the same in all programs of this machine.
int64_t NowNs();
// Processor time of the calling thread, and of all threads of this program.
int64_t ThreadCpuNs();
int64_t ProgramCpuNs();
inline double Ms(int64_t ns) { return static_cast<double>(ns) / 1e6; }

// Resident memory in MB (10^6 bytes) that is neither a mapped file nor shared. Unavailable where /proc does not tell.
StatusOr<double> AnonymousMb();
// How many threads of this machine want a processor, as an average over the last minute.
double MachineLoad();

}  // namespace daftar::app
