// The codebook in words: what a constant of a code list means, and what to put into a field. Forms show both beside
// what is chosen and typed.
//
// The keys are put together from descriptors: "meaning.AcledSub.ARMED_CLASH", "help.Account.said_by"; fields that all
// records have in common are "help.Record.tlp". A test holds that every code and every field of a form has its message.
//
// Thread-safe.
#pragma once

#include <string>

namespace google::protobuf {
class EnumValueDescriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace daftar {

// One or two sentences; empty for what has none, such as a constant UNSET of which there is nothing to say.
std::string MeaningOf(const google::protobuf::EnumValueDescriptor& constant);
// A line; empty for a field that nobody fills in, such as the key of an item.
std::string HelpOf(const google::protobuf::FieldDescriptor& field);

}  // namespace daftar
