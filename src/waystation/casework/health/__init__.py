"""Health: contacts, screening for disease, support, calls for somebody in danger, and the summary handed on."""
