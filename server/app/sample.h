// The sample dataset: the files of tools/sample, carried inside the program.
#pragma once

#include <map>
#include <vector>

#include "storage/authoring/authoring.h"
#include "storage/base/clock.h"
#include "storage/base/status.h"
#include "storage/log/log_store.h"

namespace daftar {

// As they lay in tools/sample when the program was built.
std::vector<DatasetFile> SampleFiles();

// The sample as one mutation, the same whenever it is made but for its time. InvalidArgument names everything that is
// wrong with the files.
StatusOr<v1::Mutation> SampleMutation(const Clock& clock);

// Commits the mutation to a log that has nothing yet. InvalidArgument names everything that was refused.
Status CommitSample(LogStore& log, const v1::Mutation& sample);

// How many records of each kind a mutation makes.
std::map<Kind, size_t> CountByKind(const v1::Mutation& mutation);

}  // namespace daftar
