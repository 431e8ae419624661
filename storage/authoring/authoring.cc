#include "storage/authoring/authoring.h"
