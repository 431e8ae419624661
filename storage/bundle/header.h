// What a header must say to be one.
#pragma once

#include "daftar/v1/bundle.pb.h"
#include "storage/base/status.h"

namespace daftar::bundle {

inline constexpr uint32_t kFormat = 1;

// InvalidArgument if a field is missing, of a wrong length or out of order; FailedPrecondition if the format or the
// kind is newer than this program.
Status CheckHeader(const v1::BundleHeader& header);

}  // namespace daftar::bundle
