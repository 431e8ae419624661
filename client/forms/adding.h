// What a bulk edit does to each record: something is said in it as well, or not any more. Pure; any thread.
#pragma once

#include <google/protobuf/message.h>

namespace daftar::forms {

// Says in the record all that `more` says. A single field becomes that of `more`; items of its lists come behind those
// that are there, unless one of them says as much already; new ones get keys. REQUIRES: two messages of one kind.
void AddTo(google::protobuf::Message& record, const google::protobuf::Message& more);

// Takes the items out of the record's lists that say what an item of `less` says: all that is filled in there, whatever
// else they say. An item of `less` that says nothing takes out nothing. REQUIRES: two messages of one kind.
void TakeOutOf(google::protobuf::Message& record, const google::protobuf::Message& less);

}  // namespace daftar::forms
