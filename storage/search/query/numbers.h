// Numbers and areas of a query: "killed:>=3", "box:36.6,67.3,41.1,75.2", "near:38.46,70.88,50".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/search/query/problem.h"

namespace daftar::search::query {

// Reads "3", ">3", ">=3", "<5", "<=5", "=3", "3..10", "3.." or "..10" into least and most. nullopt if it is one.
std::optional<Complaint> ReadNumber(std::string_view value, Node* node);
// Reads "south,west,north,east" in degrees. West may be greater than east: over the date line.
std::optional<Complaint> ReadBox(std::string_view value, Node* node);
// Reads "latitude,longitude,kilometres", with or without "km" behind, into the smallest box around the circle.
std::optional<Complaint> ReadNear(std::string_view value, Node* node);

// As a query writes them, without the field's name: ">=3", "36.6,67.3,41.1,75.2".
std::string NumberText(const Node& node);
std::string BoxText(const Node::Box& box);

}  // namespace daftar::search::query
